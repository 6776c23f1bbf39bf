import Errors

extension AuditAct {
    /// The subject in English, as `audit log` lists it. Nothing reads it back.
    package var sentence: String { words.en }

    /// The subject as people read it.
    package var words: BilingualText {
        switch kind {
        case .initialised: words(zh: "审计密钥", "audit key", .key)
        case .registryImported: words(zh: "登记版本", "registry version", .registry)
        case .keyCreated:
            words(zh: "密钥", "key", .key) + words(zh: " 机构", " of institution", .institution)
                + words(zh: " 用途", " for", .purpose)
        case .keyScheduled, .keyRetired, .keyCompromised: words(zh: "密钥", "key", .key)
        case .trustPublished: words(zh: "信任列表", "trust list", .trustList)
        case .sheetSubmitted, .sheetReturned, .sheetWithdrawn:
            words(zh: "成绩表", "sheet", .sheet) + words(zh: " 报送", " submission", .submission)
        case .reviewBegun:
            words(zh: "报送", "submission", .submission) + words(zh: "，核对行数", ", rows compared", .certificates)
        case .rowSettled: words(zh: "规则", "rule", .rule)
        case .batchApproved, .batchReapproved, .batchCompleted: words(zh: "批次", "batch", .batch)
        case .batchPrepared:
            words(zh: "批次", "batch", .batch) + words(zh: " 部分", " part", .part)
                + words(zh: " 证书数", " certificates", .certificates)
        case .statusChanged:
            BilingualText(
                zh: "\(value(.transition)) \(value(.certificates)) 份证书，\(value(.cause))",
                en: "\(value(.transition)) \(value(.certificates)) certificates, \(value(.cause))")
        case .statusesKept where subject.fields[.place] == nil:
            BilingualText(
                zh: "丢失证书的 \(value(.places)) 个位置", en: "\(value(.places)) places of lost certificates")
        case .statusesKept:
            BilingualText(
                zh: "\(value(.transition)) 状态列表 \(value(.list)) 的位置 \(value(.place))，\(value(.cause))",
                en: "\(value(.transition)) place \(value(.place)) of status list \(value(.list)), \(value(.cause))")
        case .statusListBegun:
            BilingualText(
                zh: "状态列表 \(value(.list))，\(value(.places)) 个位置",
                en: "status list \(value(.list)) with \(value(.places)) places")
        case .statusListPublished:
            BilingualText(
                zh: "状态列表 \(value(.list))，\(value(.entries)) 项",
                en: "status list \(value(.list)) with \(value(.entries)) entries")
        case .corrected, .reissueApproved:
            BilingualText(
                zh: "补换批次 \(value(.campaign))，\(value(.certificates)) 份证书，\(value(.cause))，记录 \(value(.record))",
                en:
                    "campaign \(value(.campaign)), \(value(.certificates)) certificates, \(value(.cause)), record \(value(.record))"
            )
        case .reissuePrepared:
            words(zh: "补换批次", "campaign", .campaign) + words(zh: " 证书数", " certificates", .certificates)
        case .reissuePaused, .reissueResumed, .reissueCompleted: words(zh: "补换批次", "campaign", .campaign)
        case .backedUp: BilingualText(zh: "数据库", en: "database")
        case .restoreAccepted where subject.fields[.firstLost] == nil:
            BilingualText(
                zh: "检查点 \(value(.checkpoint))，没有丢失", en: "checkpoint \(value(.checkpoint)), nothing lost")
        case .restoreAccepted:
            BilingualText(
                zh: "丢失操作 \(value(.firstLost)) 至 \(value(.lastLost))",
                en: "acts \(value(.firstLost)) to \(value(.lastLost)) lost")
        case .documentsPrinted:
            BilingualText(
                zh: "批次 \(value(.batch))，\(value(.documents)) 份文件",
                en: "batch \(value(.batch)), \(value(.documents)) documents")
                + words(zh: "，打印", ", print", .print)
        case .documentsDownloaded:
            BilingualText(
                zh: "自 \(value(.hour)) 起一小时内 \(value(.documents)) 份文件",
                en: "\(value(.documents)) documents in the hour from \(value(.hour))")
        case .apiKeyCreated, .apiKeyEnded: words(zh: "接口密钥", "API key", .apiKey)
        case .accountCreated, .accountChanged, .accountEnded:
            words(zh: "账号", "account", .account) + words(zh: "，变更：", ", change:", .change)
                + words(zh: "，角色：", ", roles:", .roles)
        case .approverAdded, .approverEnded:
            words(zh: "账号", "account", .account) + words(zh: " 密钥", " key", .credential)
        case .approvalsSet: words(zh: "批准方式：", "approvals:", .change)
        case .approvalSigned, .approvalRefused:
            BilingualText(same: value(.approval)) + words(zh: "，凭证", ", evidence", .evidence)
        case .frozenFileTaken: words(zh: "报送", "submission", .submission)
        case .batchFileTaken: words(zh: "批次", "batch", .batch) + words(zh: "，文件：", ", file:", .purpose)
        case .holdersInvited:
            words(zh: "批次", "batch", .batch) + words(zh: "证书", "certificate", .certificate)
        case .holderClaimed, .shareCreated, .shareCancelled: words(zh: "证书", "certificate", .certificate)
        }
    }

    /// A field after its name; nothing when the act has no such field.
    private func words(zh: String, _ en: String, _ field: AuditSubject.Field) -> BilingualText {
        guard subject.fields[field] != nil else { return BilingualText(same: "") }
        return BilingualText(zh: "\(zh) \(value(field))", en: "\(en) \(value(field))")
    }

    private func value(_ field: AuditSubject.Field) -> String {
        switch subject.fields[field] {
        case .number(let number): String(number)
        case .text(let text): text
        case nil: "?"
        }
    }
}
