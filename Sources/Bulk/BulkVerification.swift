import Parsing
import Verification

/// Checks the rows of one file: the same engine for the command line, the API and the page.
package struct BulkVerification: Sendable {
    package enum Lookup: Sendable {
        /// There is no register here, as offline.
        case unavailable
        /// There is one, but not for this asker.
        case withheld
        case register(NumberSearch)
    }

    let trust: TrustSource
    let status: StatusSource
    let now: Int
    let isTrustCurrent: Bool
    let lookup: Lookup
    let workers: ParsingPool

    /// Chunks under way at a time.
    private static let width = 4

    /// - Parameters: as of ``SealVerifier``; `workers` read pictures and documents.
    package init(
        trust: TrustSource, status: StatusSource, now: Int, isTrustCurrent: Bool, lookup: Lookup = .unavailable,
        workers: ParsingPool
    ) {
        self.workers = workers
        self.trust = trust
        self.status = status
        self.now = now
        self.isTrustCurrent = isTrustCurrent
        self.lookup = lookup
    }

    /// Checks all rows on as many threads as its executor has, and hands them over in their order.
    package func run(
        _ source: any BulkSource, consume: ([(BulkRow, RowAnswer)]) throws -> Void
    ) async throws -> VerdictCounts {
        var counts = VerdictCounts()
        let settings = remembering()
        while case let wave = try nextWave(source), !wave.isEmpty {
            for (rows, answers) in zip(wave, try await settings.answers(wave)) {
                for answer in answers { counts.count(answer.outcome) }
                try consume(Array(zip(rows, answers)))
            }
            try Task.checkCancellation()
        }
        return counts
    }

    /// The same with the look-ups of one file remembered.
    package func remembering() -> BulkVerification {
        guard case .register(let find) = lookup else { return self }
        let memo = LookupMemo(find)
        return BulkVerification(
            trust: trust, status: status, now: now, isTrustCurrent: isTrustCurrent,
            lookup: .register { try await memo.answer($0) }, workers: workers)
    }

    private func nextWave(_ source: any BulkSource) throws -> [[BulkRow]] {
        var wave: [[BulkRow]] = []
        while wave.count < Self.width, case let rows = try source.next(), !rows.isEmpty { wave.append(rows) }
        return wave
    }

    private func answers(_ wave: [[BulkRow]]) async throws -> [[RowAnswer]] {
        try await withThrowingTaskGroup(of: (Int, [RowAnswer]).self) { group in
            for (position, rows) in wave.enumerated() {
                group.addTask {
                    let checker = RowChecker(self)
                    var answers: [RowAnswer] = []
                    for row in rows { answers.append(try await checker.answer(row)) }
                    return (position, answers)
                }
            }
            var answers = [[RowAnswer]](repeating: [], count: wave.count)
            for try await (position, part) in group { answers[position] = part }
            return answers
        }
    }
}
