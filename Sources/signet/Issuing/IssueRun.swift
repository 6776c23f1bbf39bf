import Audit
import Credential
import Encodings
import Errors
import Glibc
import Installation
import Issuance
import Keyring
import PersonalData
import Results
import Signing
import Store
import Trust

/// Issues sheet after sheet and tells of each.
struct IssueRun {
    let home: Home
    let store: any Store
    let trust: VerifiedTrustList
    let dataKeys: DataKeys
    let approver: BatchApprover
    let statements: StatementDesk
    /// Whether somebody asked for the award date, rather than today's being taken.
    let isDateAskedFor: Bool
    let isValidFromAwardDate: Bool
    let declaredCount: Int?
    let folder: String
    let isJSON: Bool

    private(set) var total = BinCounts()
    /// Whether a sheet was left unsigned because nobody approved it.
    private(set) var hasUnapproved = false
    private var keys: InstitutionKeys
    /// What opened the keys, once they were needed.
    var secret: Passphrase? { keys.secret }

    init(
        home: Home, store: any Store, trust: VerifiedTrustList, dataKeys: DataKeys, approver: BatchApprover,
        statements: StatementDesk, isDateAskedFor: Bool, isValidFromAwardDate: Bool, declaredCount: Int?,
        folder: String, isJSON: Bool, passphrase: PassphraseOptions
    ) {
        (self.home, self.store, self.trust, self.dataKeys, self.approver) = (home, store, trust, dataKeys, approver)
        (self.statements, self.isDateAskedFor) = (statements, isDateAskedFor)
        self.isValidFromAwardDate = isValidFromAwardDate
        (self.declaredCount, self.folder) = (declaredCount, folder)
        self.isJSON = isJSON
        keys = InstitutionKeys(home.keyring, trust: trust) { try passphrase.passphrase() }
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
        let known = try await store.read { try $0.batch(content: plan.digest) }
        let proposal = plan.isEmpty ? nil : try await self.proposal(of: job, plan, known)
        say(PlanText.describe(job, plan, proposal, findings.counts), PlanLine(job, plan, proposal))
        for note in PlanText.notes(on: job.sheet) + PlanText.notes(on: proposal, of: job.sheet) { say(note, nil) }
        let open = plan.bins[.quarantined] + plan.bins[.rejected]
        if open > 0 {
            let path = reports + ".annotated.xlsx"
            try await AnnotatedWorkbook(job: job, plan: plan).write(to: path)
            say("  \(open.grouped) rows to be mended in \(path)", nil)
        }
        if plan.isEmpty {
            say("  nothing to issue", nil)
            total.add(plan.bins)
        } else {
            let outcome = try await sign(job, plan, proposal, known)
            try findings.add(outcome.findings)
            if let batch = outcome.batch {
                var bins = plan.bins
                // Rows whose holders got the certificate elsewhere since the sheet was read.
                if outcome.isNew {
                    bins.add(.issued, rows: -outcome.skipped)
                    bins.add(.skipped, rows: outcome.skipped)
                }
                let count = try await writeList(batch, of: job.sheet, to: try await listPath(stem, batch), outcome)
                // The bins of the sheet and the certificates in the store must agree at the end, too.
                guard count == bins[.issued] else {
                    throw Refusal(
                        .defect, "\(job.fileName): \(count) certificates for \(bins[.issued]) rows; report this")
                }
                total.add(bins)
            }
        }
        try findings.finish()
    }

    private struct Outcome {
        var batch: Batch?
        var skipped = 0
        var findings: [Finding] = []
        var isNew = true
    }

    /// As it was approved, when it was and the key still signs.
    private func proposal(
        of job: SheetJob, _ plan: BatchPlan, _ known: Batch?
    ) async throws -> StatementDesk.Proposal? {
        guard let known else { return try await statements.proposal(of: job, plan) }
        guard var statement = known.statement else {
            throw Refusal(.damaged, "what was approved of batch \(known.id.value) cannot be read")
        }
        if known.completedAt == nil { statement.key = try keys.activeKey(of: plan.institution).kid }
        return StatementDesk.Proposal(
            statement: statement, photos: try await store.read { try $0.photos(of: known.id) })
    }

    private mutating func sign(
        _ job: SheetJob, _ plan: BatchPlan, _ proposal: StatementDesk.Proposal?, _ known: Batch?
    ) async throws -> Outcome {
        if let known, known.completedAt != nil {
            let progress = try await store.read { try $0.progress(of: known.id) }
            return Outcome(batch: known, skipped: progress.skipped, isNew: false)
        }
        let privateKeys = try keys.keys(of: job.institution.id)
        let key = try keys.activeKey(of: job.institution.id)
        let issuer = Issuer(
            store: store.forIssuing, keys: SigningKeys(privateKeys), dataKeys: dataKeys, trust: trust,
            status: home.statusTerms,
            now: Clock.now, dayStart: Clock.start(of:))
        guard let proposal, let batch = try await approved(known, plan, proposal, job.institution, key, by: issuer)
        else {
            say("  not approved: nothing was signed", nil)
            hasUnapproved = true
            return Outcome()
        }
        var findings: [Finding] = []
        var bar = ProgressBar("Signing")
        defer { bar.clear() }
        // Its checkpoint is kept before anything is shown, so that what was shown is never forgotten.
        try await home.authority(of: store).carryOut(.issue, by: approver.signer) {
            try await issuer.issue(
                batch, plan: plan, sheet: job.sheet, planner: job.planner, of: job.institution, key: key,
                onFindings: { findings += $0 }, onProgress: { bar.update($0) })
            return ((), Clock.now())
        }
        let progress = try await store.read { try $0.progress(of: batch.id) }
        return Outcome(batch: batch, skipped: progress.skipped, findings: findings)
    }

    /// Nil when nobody approves.
    private func approved(
        _ known: Batch?, _ plan: BatchPlan, _ proposal: StatementDesk.Proposal, _ institution: Institution,
        _ key: PublicKey, by issuer: Issuer
    ) async throws -> Batch? {
        let statement = proposal.statement
        let digest = try statement.digest
        if let known, known.digest == digest { return known }
        let question = "Sign \(plan.bins[.issued].grouped) certificates dated \(statement.awardDate)?"
        guard let approval = try approver.approval(of: Hex.encode(digest), question: question) else { return nil }
        if let known {
            return try await BatchReapproval(store: store.forIssuing).approve(known, statement, photos: nil, approval)
        }
        return try await issuer.approve(
            plan, statement, of: institution, key: key, photos: proposal.photos,
            isValidFromAwardDate: isValidFromAwardDate, approval: approval)
    }

    /// Where another batch's list has the sheet's name already, this one's has its digest in its name.
    private func listPath(_ stem: String, _ batch: Batch) async throws -> String {
        let path = stem + ".issued.csv"
        guard access(path, F_OK) == 0 else { return path }
        let first = try await store.read { try $0.newestSealedVersions(of: batch.id, after: nil, limit: 1) }.first
        let listed = try? CSVTable.read(path: path, mostRows: 1)
        // The column of the number in a list.
        let isOwn = listed.flatMap { $0.rows.first }.map { $0.cells.contains(first?.number.text ?? "") } ?? true
        return isOwn ? path : "\(stem)-\(Hex.encode(batch.digest.prefix(4))).issued.csv"
    }

    /// - Returns: how many certificates the batch has.
    private func writeList(
        _ batch: Batch, of sheet: ResultSheet, to path: String, _ outcome: Outcome
    ) async throws -> Int {
        let keys = try home.keyring.entries().map { ($0.publicKey.kid, $0.publicKey) }
        let list = IssuedList(
            store: store, host: home.config.host, dataKeys: dataKeys,
            keys: Dictionary(keys) { first, _ in first })
        let count = try await list.write(batch.id, of: sheet, to: path)
        if outcome.skipped > 0 {
            say("  \(outcome.skipped.grouped) rows passed over: their holders have the certificate already", nil)
        }
        let awardDate = statements.awardDate
        if isDateAskedFor, batch.awardDate != awardDate {
            say(
                "  本批次已按发证日期 \(batch.awardDate) 批准，--award-date \(awardDate) 不起作用；要改日期请用 signet reissue run --set-award-date。\n"
                    + "    This batch was approved with the award date \(batch.awardDate), so --award-date \(awardDate) changes "
                    + "nothing; to change the date use signet reissue run --set-award-date.",
                nil)
        }
        let words = outcome.isNew ? "issued \(count.grouped)" : "issued before, nothing new: \(count.grouped)"
        say(
            "  \(words) certificates dated \(batch.awardDate), batch \(batch.id.value), approved by \(batch.approval.actor)\n  list in \(path)",
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
