import Bulk
import Encodings
import HTTPSupport
import Hummingbird
import Verification

/// One file that is being checked, or was.
struct VerificationJob: Sendable {
    enum State: Sendable {
        case waiting
        case running(done: Int, rows: Int, VerdictCounts)
        case done(VerdictCounts, Result)
        case failed(Problem)
    }

    struct Result: Sendable {
        let format: ResultFile.Format
        /// Nil where the server gives none.
        let receipt: String?
    }

    /// How a job's time in its lane ends.
    enum Ending: Sendable {
        case state(State)
        /// Its time is over.
        case late
        /// Nobody wants it any more.
        case cancelled
    }

    /// Nobody can guess it: whoever has it may have the result.
    let id: String
    /// ``Asker/name``.
    let owner: String
    /// Whether ``owner`` must be shown again, as a key can be.
    let isByKey: Bool
    let mayLookUp: Bool
    let input: BulkInput
    let inputFile: VerificationReceipt.File
    /// `Idempotency-Key` as it was sent.
    let idempotencyKey: String?
    var state = State.waiting
    /// On the monotonic clock; nil until it is finished.
    var finishedAt: Double?
    /// Whether its result was asked for.
    var isFetched = false

    var isFinished: Bool { finishedAt != nil }
}

extension VerificationJob {
    private struct Status: Encodable {
        var id: String
        var state: String
        var rows: Int?
        var done: Int?
        var verdicts: VerificationReceipt.Counts?
        var result: String?
        var exceptions: String?
        var receipt: String?
        var problem: ProblemBody?
    }

    /// What `GET /v1/verifications/ID` answers.
    func json() throws -> [UInt8] {
        let path = "/v1/verifications/\(id)"
        var status = Status(id: id, state: "waiting")
        switch state {
        case .waiting: break
        case .running(let done, let rows, let counts):
            status.state = "running"
            (status.done, status.rows, status.verdicts) = (done, rows, VerificationReceipt.Counts(counts))
        case .done(let counts, let result):
            status.state = "done"
            (status.done, status.rows) = (counts.total, counts.total)
            status.verdicts = VerificationReceipt.Counts(counts)
            status.result = path + "/result"
            status.exceptions = path + "/exceptions"
            if result.receipt != nil { status.receipt = path + "/receipt" }
        case .failed(let problem):
            status.state = "failed"
            status.problem = problem.body
        }
        return try StableJSON.encode(status)
    }
}
