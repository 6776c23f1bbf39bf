import Errors

/// Who may do what. Nobody may do anything that does not stand here.
package enum PermissionTable {
    /// One act, and how far each role may go with it.
    package struct Row: Sendable {
        package let act: StaffAct
        package let words: BilingualText
        package let grants: [Role: Grant]

        /// - Parameter cells: for registrar, leader, officer, administrator, supervisor and inspector, as ``Grant`` reads
        ///   them; a dash for nothing.
        fileprivate init(_ act: StaffAct, zh: String, en: String, _ cells: String...) {
            self.act = act
            words = BilingualText(zh: zh, en: en)
            grants = Dictionary(
                uniqueKeysWithValues: zip(Role.allCases, cells).compactMap { role, cell in
                    Grant(cell).map { (role, $0) }
                })
        }
    }

    package static let rows: [Row] = [
        Row(.home, zh: "看自己的待办", en: "see what waits", "y", "y", "y", "y", "y", "y"),
        Row(.ownAccount, zh: "管自己的通行密钥", en: "look after the own passkeys", "y", "y", "y", "y", "y", "y"),
        Row(
            .sheetEdit, zh: "上传、修改、撤回、提交成绩表", en: "upload, mend, withdraw, submit a sheet", "y", "-", "-", "-", "-", "-"
        ),
        Row(.sheetRead, zh: "看成绩表，号码遮盖", en: "read a sheet, numbers masked", "y", "-", "y", "-", "y", "y visits"),
        Row(
            .numberReveal, zh: "看一个完整证件号，写明原因", en: "reveal one identity number, with a reason", "y", "-", "y", "-",
            "f", "-"),
        Row(.rowAnswer, zh: "说明一行按原样处理", en: "answer for a row as it stands", "p", "-", "s2", "-", "-", "-"),
        Row(.batchReview, zh: "领取、抽查、退回一批", en: "claim, sample, return a batch", "-", "-", "y2", "-", "-", "-"),
        Row(.batchApprove, zh: "批准一批", en: "approve a batch", "-", "-", "s2", "-", "-", "-"),
        Row(.batchRead, zh: "看批次", en: "read a batch", "y", "-", "y", "-", "y", "-"),
        Row(.batchFiles, zh: "下载证书、台账、标签", en: "documents, ledger, labels of a batch", "y", "-", "y", "-", "-", "-"),
        Row(.holdersInvite, zh: "邀请持证人", en: "invite holders", "f", "-", "-", "-", "-", "-"),
        Row(
            .certificateFind, zh: "查证书及其历史", en: "find a certificate and its history", "y", "-", "y", "-", "y",
            "y visits"),
        Row(.suspend, zh: "立即暂停", en: "suspend at once", "p", "-", "s", "-", "p", "-"),
        Row(.revoke, zh: "撤销 1 至 19 份", en: "revoke 1 to 19", "p", "-", "s2", "-", "p", "-"),
        Row(.correct, zh: "更正", en: "correct", "p", "-", "s2", "-", "-", "-"),
        Row(.reprint, zh: "补证", en: "print again", "p", "-", "s2", "-", "-", "-"),
        Row(.revokeMany, zh: "撤销 20 份以上", en: "revoke 20 or more", "-", "-", "s2", "-", "p", "-"),
        Row(.reinstate, zh: "恢复", en: "reinstate", "-", "-", "s2", "-", "p", "-"),
        Row(.campaignPlan, zh: "计划、试算、暂停换发", en: "plan, try, pause a campaign", "-", "-", "y", "p", "-", "-"),
        Row(.campaignApprove, zh: "批准换发", en: "approve a campaign", "-", "-", "s2", "-", "-", "-"),
        Row(.registryImport, zh: "导入登记册", en: "import the registry", "-", "-", "s2", "pf", "-", "-"),
        Row(.keysChange, zh: "更换密钥、发布信任列表", en: "change keys, publish the trust list", "-", "-", "s2", "pf", "-", "-"),
        Row(.statusPublish, zh: "立即发布状态列表", en: "publish status lists now", "-", "-", "y", "y", "-", "-"),
        Row(.accountsChange, zh: "邀请、改角色、停用账号", en: "invite, change roles, end accounts", "-", "-", "-", "f", "-", "-"),
        Row(.accountsRead, zh: "看账号", en: "read accounts", "-", "-", "-", "y", "-", "-"),
        Row(.approverAdd, zh: "把通行密钥列为审批用", en: "make a passkey an approver's", "-", "-", "s2", "-", "-", "-"),
        Row(.jobsRead, zh: "看任务", en: "look at jobs", "y own", "-", "y own", "y", "y", "-"),
        Row(.jobsChange, zh: "暂停、取消任务", en: "pause, cancel jobs", "y own", "-", "y own", "y", "-", "-"),
        Row(.auditRead, zh: "看、验、导出操作记录", en: "read, verify, export the record", "y own", "-", "y", "y", "y", "-"),
        Row(.coverageRead, zh: "看覆盖率与签发统计", en: "coverage and issuing", "y", "y", "y", "y", "y", "-"),
        Row(.examAnnounce, zh: "报告考试场次", en: "announce exam sessions", "y", "-", "-", "-", "y", "-"),
        Row(.examRead, zh: "看考试场次", en: "read exam sessions", "y", "y", "-", "-", "y", "y visits"),
        Row(.supervisionDraw, zh: "计划、抽取、公布督导", en: "plan, draw, publish supervision", "-", "-", "-", "-", "s", "-"),
        Row(.visitRecord, zh: "记录督导", en: "record a visit", "-", "-", "-", "-", "s", "y visits"),
        Row(.findingRead, zh: "看督导意见", en: "read findings", "y", "y", "-", "-", "y", "y visits"),
        Row(.findingReply, zh: "答复督导意见", en: "reply to a finding", "y", "-", "-", "-", "-", "-"),
    ]

    private static let byAct = Dictionary(uniqueKeysWithValues: rows.map { ($0.act, $0) })

    /// Nil when the role may not at all.
    package static func grant(_ role: Role, _ act: StaffAct) -> Grant? { byAct[act]?.grants[role] }

    package static func words(_ act: StaffAct) -> BilingualText? { byAct[act]?.words }
}

/// What staff do in the portal. Each route names one. The raw values are for people and files.
package enum StaffAct: String, Sendable, CaseIterable {
    case home
    case ownAccount = "own-account"
    case sheetEdit = "sheet-edit"
    case sheetRead = "sheet-read"
    case numberReveal = "number-reveal"
    case rowAnswer = "row-answer"
    case batchReview = "batch-review"
    case batchApprove = "batch-approve"
    case batchRead = "batch-read"
    case batchFiles = "batch-files"
    case holdersInvite = "holders-invite"
    case certificateFind = "certificate-find"
    case suspend, revoke, correct, reprint
    case revokeMany = "revoke-many"
    case reinstate
    case campaignPlan = "campaign-plan"
    case campaignApprove = "campaign-approve"
    case registryImport = "registry-import"
    case keysChange = "keys-change"
    case statusPublish = "status-publish"
    case accountsChange = "accounts-change"
    case accountsRead = "accounts-read"
    case approverAdd = "approver-add"
    case jobsRead = "jobs-read"
    case jobsChange = "jobs-change"
    case auditRead = "audit-read"
    case coverageRead = "coverage-read"
    case examAnnounce = "exam-announce"
    case examRead = "exam-read"
    case supervisionDraw = "supervision-draw"
    case visitRecord = "visit-record"
    case findingRead = "finding-read"
    case findingReply = "finding-reply"
}
