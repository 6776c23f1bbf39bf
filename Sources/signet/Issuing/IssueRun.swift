import Acts
import Audit
import Credential
import Encodings
import Errors
import Glibc
import HomeFolder
import Issuance
import Keyring
import PersonalData
import Results
import Signing
import Store
import Trust

/// Issues sheet after sheet and tells of each.
struct IssueRun {
    let office: Office
    let approver: BatchApprover
    let propose: ProposeBatch
    /// Whether somebody asked for the award date, rather than today's being taken.
    let isDateAskedFor: Bool
    let declaredCount: Int?
    let folder: String
    let isJSON: Bool
    private var issueBatch: IssueBatch

    private(set) var total = BinCounts()
    /// Whether a sheet was left unsigned because nobody approved it.
    private(set) var hasUnapproved = false
    /// What opened the keys, once they were needed.
    var secret: Passphrase? { issueBatch.secret }

    init(
        _ office: Office, _ issueBatch: IssueBatch, approver: BatchApprover, propose: ProposeBatch,
        isDateAskedFor: Bool, declaredCount: Int?, folder: String, isJSON: Bool
    ) {
        (self.office, self.issueBatch, self.approver, self.propose) = (office, issueBatch, approver, propose)
        (self.isDateAskedFor, self.declaredCount) = (isDateAskedFor, declaredCount)
        (self.folder, self.isJSON) = (folder, isJSON)
    }

    mutating func issue(_ job: SheetJob) async throws {
        let stem = "\(folder)/\(job.stem)"
        let reports = try SheetReports(folder).stem(of: job.path, named: job.stem)
        var findings = try FindingsReport(path: reports + ".findings.csv")
        try findings.add(job.sheet.findings)
        var bar = ProgressBar("Reading")
        let plan = try await job.plan(
            declaredCount: declaredCount, onFindings: { try findings.add($0) }, onProgress: { bar.update($0) })
        bar.clear()
        let known = try await issueBatch.known(plan)
        let proposal =
            plan.isEmpty ? nil : try await issueBatch.proposal(of: job, plan, known, by: propose)
        say(PlanText.describe(job, plan, proposal, findings.counts), PlanLine(job, plan, proposal))
        for note in PlanText.notes(on: job.sheet) + PlanText.notes(on: proposal, of: job.sheet) { say(note, nil) }
        let open = plan.bins[.quarantined] + plan.bins[.rejected]
        if open > 0 {
            let path = reports + ".annotated.xlsx"
            try await AnnotatedWorkbook(job: job, plan: plan).write(to: path)
            say(spoken(zh: "  \(open.grouped) 行待改正：\(path)", en: "  \(open.grouped) rows to be mended in \(path)"), nil)
        }
        if plan.isEmpty {
            say(spoken(zh: "  没有可签发的", en: "  nothing to issue"), nil)
            total.add(plan.bins)
        } else if let outcome = try await sign(job, plan, proposal, known) {
            try findings.add(outcome.findings)
            var bins = plan.bins
            // Rows whose holders got the certificate elsewhere since the sheet was read.
            if outcome.isNew {
                bins.add(.issued, rows: -outcome.skipped)
                bins.add(.skipped, rows: outcome.skipped)
            }
            let count = try await writeList(of: job.sheet, to: try await listPath(stem, outcome.batch), outcome)
            // The bins of the sheet and the certificates in the store must agree at the end, too.
            guard count == bins[.issued] else {
                throw Refusal(
                    .defect, zh: "\(job.fileName)：\(bins[.issued]) 行有 \(count) 份证书；请报告此问题",
                    en: "\(job.fileName): \(count) certificates for \(bins[.issued]) rows; report this")
            }
            total.add(bins)
        } else {
            say(spoken(zh: "  未批准：没有签名", en: "  not approved: nothing was signed"), nil)
            hasUnapproved = true
        }
        try findings.finish()
    }

    private mutating func sign(
        _ job: SheetJob, _ plan: BatchPlan, _ proposal: BatchProposal?, _ known: Batch?
    ) async throws -> IssueBatch.Outcome? {
        let (approver, date) = (approver, known?.awardDate ?? propose.awardDate)
        var bar = ProgressBar("Signing")
        defer { bar.clear() }
        return try await issueBatch(
            job, plan, proposal, known, by: approver.signer,
            approve: { proposal in
                try await approver.approval(
                    of: proposal, plan.institution,
                    question: "Sign \(proposal.count.grouped) certificates dated \(date)?")
            }, onProgress: { bar.update($0) })
    }

    /// Where another batch's list has the sheet's name already, this one's has its digest in its name.
    private func listPath(_ stem: String, _ batch: Batch) async throws -> String {
        let path = stem + ".issued.csv"
        guard access(path, F_OK) == 0 else { return path }
        let first = try await office.store.read { try $0.newestSealedVersions(of: batch.id, after: nil, limit: 1) }
            .first
        let listed = try? CSVTable.read(path: path, mostRows: 1)
        // The column of the number in a list.
        let isOwn = listed.flatMap { $0.rows.first }.map { $0.cells.contains(first?.number.text ?? "") } ?? true
        return isOwn ? path : "\(stem)-\(Hex.encode(batch.digest.prefix(4))).issued.csv"
    }

    /// - Returns: how many certificates the batch has.
    private func writeList(
        of sheet: ResultSheet, to path: String, _ outcome: IssueBatch.Outcome
    ) async throws -> Int {
        let batch = outcome.batch
        let count = try await IssuedList(in: office).write(batch.id, of: sheet, to: path)
        if outcome.skipped > 0 {
            say(
                spoken(
                    zh: "  略过 \(outcome.skipped.grouped) 行：持证人已有该证书",
                    en: "  \(outcome.skipped.grouped) rows passed over: their holders have the certificate already"),
                nil)
        }
        let awardDate = propose.awardDate
        if isDateAskedFor, batch.awardDate != awardDate {
            say(
                spoken(
                    zh: "  本批次已按发证日期 \(batch.awardDate) 批准，--award-date \(awardDate) 不起作用；"
                        + "要改日期请用 signet reissue run --set-award-date。",
                    en:
                        "  This batch was approved with the award date \(batch.awardDate), so --award-date \(awardDate) "
                        + "changes nothing; to change the date use signet reissue run --set-award-date."),
                nil)
        }
        let words =
            outcome.isNew
            ? spoken(zh: "已签发", en: "issued") : spoken(zh: "以前已签发，没有新增：", en: "issued before, nothing new:")
        say(
            spoken(
                zh: "  \(words) \(count.grouped) 份证书，发证日期 \(batch.awardDate)，批次 \(batch.id.value)，"
                    + "批准人 \(batch.approval.actor)\n  名单：\(path)",
                en: "  \(words) \(count.grouped) certificates dated \(batch.awardDate), batch \(batch.id.value), "
                    + "approved by \(batch.approval.actor)\n  list in \(path)"),
            IssuedLine(
                batch: batch.id.value, certificates: count, new: outcome.isNew, skipped: outcome.skipped, list: path))
        return count
    }

    private func say(_ text: String, _ line: (any Encodable)?) {
        if !isJSON {
            print(text)
        } else if let line, let encoded = try? JSONLine.encode(line) {
            print(encoded)
        }
    }
}

private struct IssuedLine: Encodable {
    let event = "issued"
    let batch: Int64
    let certificates: Int
    let new: Bool
    let skipped: Int
    let list: String
}
