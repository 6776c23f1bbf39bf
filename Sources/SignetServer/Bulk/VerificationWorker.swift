import Bulk
import FoundationEssentials
import Lookup
import Parsing
import Publishing
import Signing
import Trust
import Verification

/// Checks one job's file by what is published at that moment.
struct VerificationWorker: Sendable {
    let trust: PublishedTrust
    let status: PublishedStatus
    let metrics: ServerMetrics
    let service: BulkService
    let lookup: (any CertificateLookup)?
    /// Shared with single questions: a number is asked about so often and no more, by whatever way.
    let limits: LookupLimits
    let now: @Sendable () -> Int
    let workers: ParsingPool

    /// - Parameter progress: throws when the job is no longer wanted.
    func work(
        _ job: VerificationJob, in folder: JobFolder, progress: (VerificationJob.State) throws -> Void
    ) async throws -> VerificationJob.State {
        let resultPath = folder.result(job.id)
        let (evidence, status, time) = (trust.snapshot.source, status.snapshot.source, now())
        let engine = BulkVerification(
            trust: evidence, status: status, now: time, isTrustCurrent: true, lookup: lookup(for: job), workers: workers
        )
        let source = try job.input.open(service.limits)
        let format = ResultFile.Format(of: job.input)
        let result = try ResultFile(path: resultPath, format: format, header: source.header)
        var counts = VerdictCounts()
        var exceptions = RowExceptions(totalsRows: source.totalsRows)
        try progress(.running(done: 0, rows: source.total, counts))
        _ = try await engine.run(source) { rows in
            for (row, answer) in rows {
                try result.append(row, answer)
                exceptions.add(row, answer)
                counts.count(answer.outcome)
                metrics.count(answer.outcome)
            }
            try progress(.running(done: counts.total, rows: source.total, counts))
        }
        try result.finish()
        try JSONEncoder().encode(exceptions).write(to: URL(filePath: folder.exceptions(job.id)))
        let receipt = try receipt(job, resultPath, counts, evidence, status, time)
        return .done(counts, VerificationJob.Result(format: format, receipt: receipt))
    }

    private func lookup(for job: VerificationJob) -> BulkVerification.Lookup {
        guard let lookup else { return .unavailable }
        guard job.mayLookUp else { return .withheld }
        return .register { [limits, owner = job.owner] question in
            guard limits.delay(for: question.number, key: owner) == nil else { return .tooOften }
            let match = try await lookup.certificate(numbered: question.number, isOf: question.holder)
            guard let match else {
                limits.countNoMatch(key: owner)
                return .noMatch
            }
            return .seal(match.seal)
        }
    }

    /// Only under a key by which others can check it.
    private func receipt(
        _ job: VerificationJob, _ resultPath: String, _ counts: VerdictCounts, _ evidence: TrustSource,
        _ status: StatusSource, _ time: Int
    ) throws -> String? {
        guard let key = service.receiptKey, case .list(let list) = evidence,
            list.receiptKey(key.publicKey.kid.description)?.isActive(at: time) == true
        else { return nil }
        return try VerificationReceipt(
            of: job.inputFile, result: VerificationReceipt.File(path: resultPath), counts: counts, trust: list.list,
            status: status, time: time, tool: service.tool
        ).signed(by: key)
    }
}
