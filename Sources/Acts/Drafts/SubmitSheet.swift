import Audit
import AuditLog
import Credential
import Errors
import HomeFolder
import Issuance
import PersonalData
import Results
import Signing
import Store

/// Freezes a sheet as it is judged now, to be approved exactly so by somebody else.
package struct SubmitSheet: Act {
    /// What would be submitted.
    package let submission: NewSubmission
    private let frozen: FrozenSheet
    private let version: Int
    private let keys: DataKeys

    /// - Throws: ``Refusal`` for a sheet of which nothing can be approved.
    package init(
        _ judged: JudgedDraft, by account: AccountID, at time: Int, in office: Office
    ) async throws {
        let draft = judged.draft
        guard let plan = judged.plan, judged.refusal == nil else {
            throw Refusal(.refused, judged.refusal ?? BilingualText(same: draft.fileName))
        }
        let awardDate = try Self.awardDate(of: draft.sheet, plan)
        let rows = try await judged.job.planner.frozenRows(of: judged.job.sheet, plan, answers: draft.answers)
        frozen = try FrozenSheet(rows)
        let planned = try await SheetDesk(in: office, readsFiles: false)
            .open(frozen, of: draft.sheet.institution, named: draft.fileName)
            .plan(declaredCount: nil, onFindings: { _ in }, onProgress: { _ in })
        guard planned.bins[.issued] == plan.bins[.issued], !planned.isEmpty else {
            throw planned.isEmpty ? Self.nothing : Self.judgedOtherwise
        }
        version = draft.sheet.version
        keys = try office.home.dataKeys()
        let counts = Bin.allCases.filter { plan.bins[$0] > 0 }.map { ($0.rawValue, plan.bins[$0]) }
        submission = NewSubmission(
            sheet: draft.sheet.id, institution: draft.sheet.institution, awardDate: awardDate,
            digest: try SHA256.digest(frozen.bytes), rowCount: plan.bins.total, certificateCount: plan.bins[.issued],
            bins: Dictionary(uniqueKeysWithValues: counts), contributors: Array(draft.hands.union([account])),
            submittedBy: account, submittedAt: time)
    }

    package var permission: Permission { .submitSheets }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws -> Submission {
        guard try transaction.sheet(submission.sheet)?.version == version else {
            throw Refusal(
                .conflict, zh: "成绩表刚刚又被修改过；请核对后再提交一次",
                en: "the sheet was changed just now; check it and submit it once more")
        }
        let files = FrozenFiles(keys)
        let kept = try transaction.insert(submission, pieces: { try files.pieces(of: frozen.bytes, for: $0) })
        try transaction.append(
            AuditAct(
                .sheetSubmitted, actor: actor.name, subject: .submission(kept), digest: kept.digest, time: time))
        return kept
    }

    private static func awardDate(of sheet: StaffSheet, _ plan: BatchPlan) throws(Refusal) -> CalendarDate {
        guard let date = sheet.awardDate else {
            throw Refusal(.refused, zh: "请先填写发证日期", en: "give the award date first")
        }
        if let latest = plan.latestExam, date < latest {
            throw Refusal(
                .refused, zh: "发证日期 \(date) 早于 \(latest) 的考试；请改用较晚的日期",
                en: "the award date \(date) lies before an exam on \(latest); give a later one")
        }
        return date
    }

    private static var nothing: Refusal {
        Refusal(
            .refused, zh: "没有可以报送的行：没有证书可发，也没有成绩可记", en: "there is nothing to submit: no certificate and no result")
    }

    private static var judgedOtherwise: Refusal {
        Refusal(
            .defect, zh: "固定文件与成绩表的核查结果不一致；什么都没有提交，请作为缺陷报告",
            en: "the frozen file is judged otherwise than the sheet; nothing was submitted: report this as a defect")
    }
}

extension AuditSubject {
    package static func submission(_ submission: Submission) -> AuditSubject {
        [.sheet: .number(Int(submission.sheet.value)), .submission: .number(Int(submission.id.value))]
    }
}
