import Bulk
import HTTPTypes
import Logging
import Results
import Verification

/// Problems of bulk verifications and API keys.
extension Problem {
    static let invalidKey = Problem(
        status: .unauthorized, type: "invalid-key",
        detail: "this API key is unknown, over or revoked; ask the authority for another, or send none",
        headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])

    static let missingScope = Problem(
        status: .forbidden, type: "missing-scope", detail: "this API key is not for bulk verifications (scope verify)")

    static let unsupportedFileType = Problem(
        status: .unsupportedMediaType, type: "unsupported-media-type",
        detail:
            "send the file as the body, as text/csv, an XLSX workbook, application/zip, application/pdf or a picture",
        headers: [.accept: VerificationsRoute.mediaTypes.sorted().joined(separator: ", ")])

    static let badIdempotencyKey = Problem(
        status: .badRequest, type: "malformed-request", detail: "an Idempotency-Key has 1 to 255 characters")

    static let idempotencyConflict = Problem(
        status: .unprocessableContent, type: "idempotency-conflict",
        detail: "another file was sent under this Idempotency-Key; use a new one for each file")

    static func tooManyJobs(_ limit: Int) -> Problem {
        Problem(
            status: .tooManyRequests, type: "too-many-jobs",
            detail: "\(limit) of your files are being checked already; send the next when one is done", retryAfter: 10)
    }

    static let busyJobs = Problem(
        status: .serviceUnavailable, type: "busy", detail: "many files are being checked; send it again in a minute",
        retryAfter: 60)

    static let tookTooLong = Problem(
        status: .unprocessableContent, type: "took-too-long",
        detail: "checking this file takes longer than this server gives to one; split it, or ask for an API key")

    static let noJob = Problem(
        status: .notFound, type: "no-job", detail: "there is no verification with this id, or its time is over")

    static let givenUp = Problem(
        status: .gone, type: "given-up",
        detail: "this result was given up early, as many files came in; send the file again, and fetch its result soon")

    static let notFinished = Problem(
        status: .conflict, type: "not-finished", detail: "this verification has no result; look at its state")

    static let noReceipt = Problem(
        status: .notFound, type: "no-receipt", detail: "this server gives no receipts")

    /// The words of a file's problem are constants of ours and numbers.
    init(_ problem: BulkProblem) {
        switch problem.code {
        case .unknownFormat: self.init(status: .unsupportedMediaType, type: "unknown-format", detail: problem.text.en)
        case .tooManyRows, .tooLarge:
            self.init(status: .contentTooLarge, type: problem.code.rawValue, detail: problem.text.en)
        case .cannotWrite: self = .busyJobs
        default: self.init(status: .unprocessableContent, type: problem.code.rawValue, detail: problem.text.en)
        }
    }

    /// Why a file could not be checked.
    init(ofFile error: any Error, _ logger: Logger) {
        switch error {
        case let problem as BulkProblem: self.init(problem)
        case let problem as SheetProblem where problem.code != .cannotOpen:
            self.init(status: .unprocessableContent, type: problem.code.rawValue, detail: problem.english)
        default:
            logger.error("a verification failed: \(error)")
            self = .internalError
        }
    }
}
