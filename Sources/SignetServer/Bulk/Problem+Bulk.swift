import Bulk
import Credential
import HTTPSupport
import HTTPTypes
import Logging
import Results
import Verification

/// Problems of bulk verifications and API keys.
extension Problem {
    static let invalidKey = Problem(
        status: .unauthorized, type: "invalid-key",
        zh: "接口密钥不正确、已过期或已撤销。请向主管机构另行申请，或不填密钥。",
        en: "This API key is unknown, over or revoked; ask the authority for another, or send none.",
        headers: [.wwwAuthenticate: "Bearer error=\"invalid_token\""])

    static let missingScope = Problem(
        status: .forbidden, type: "missing-scope", zh: "这个接口密钥不能用于批量查验（需要 verify 权限）。",
        en: "This API key is not for bulk verifications (scope verify).")

    static let unsupportedFileType = Problem(
        status: .unsupportedMediaType, type: "unsupported-media-type",
        zh: "无法识别这种文件。请提供 CSV、XLSX、ZIP、PDF、JPEG、PNG 或 WebP。",
        en: "Send the file as the body, as text/csv, an XLSX workbook, application/zip, application/pdf or a picture.",
        headers: [.accept: VerificationsRoute.mediaTypes.sorted().joined(separator: ", ")])

    static let badIdempotencyKey = Problem(
        status: .badRequest, type: "malformed-request", zh: "Idempotency-Key 应为 1 至 255 个字符。",
        en: "An Idempotency-Key has 1 to 255 characters.")

    static let idempotencyConflict = Problem(
        status: .unprocessableContent, type: "idempotency-conflict",
        zh: "这个 Idempotency-Key 已用于另一个文件，请每个文件用一个新的。",
        en: "Another file was sent under this Idempotency-Key; use a new one for each file.")

    static func tooManyJobs(_ limit: Int) -> Problem {
        Problem(
            status: .tooManyRequests, type: "too-many-jobs",
            zh: "您已有 \(limit) 个文件正在查验，请等一个完成后再提交。",
            en: "\(limit) of your files are being checked already; send the next when one is done.", retryAfter: 10)
    }

    static let busyJobs = Problem(
        status: .serviceUnavailable, type: "busy", zh: "正在查验的文件很多，请过一分钟再提交。",
        en: "Many files are being checked; send it again in a minute.",
        retryAfter: 60)

    static let tookTooLong = Problem(
        status: .unprocessableContent, type: "took-too-long",
        zh: "查验这个文件耗时太长。请拆分后再试，或申请接口密钥。",
        en: "Checking this file takes longer than this server gives to one; split it, or ask for an API key.")

    static let noJob = Problem(
        status: .notFound, type: "no-job", zh: "没有这次查验，或其结果已过保留时间。请重新提交文件。",
        en: "There is no verification with this id, or its time is over.")

    static let givenUp = Problem(
        status: .gone, type: "given-up",
        zh: "提交的文件太多，结果已提前删除。请重新提交，并尽快下载。",
        en: "This result was given up early, as many files came in; send the file again, and fetch its result soon.")

    static let notFinished = Problem(
        status: .conflict, type: "not-finished", zh: "这次查验没有结果，请查看其状态。",
        en: "This verification has no result; look at its state.")

    static let noReceipt = Problem(
        status: .notFound, type: "no-receipt", zh: "这个服务器不出具回执。", en: "This server gives no receipts.")

    /// The words of a file's problem are constants of ours and numbers.
    init(_ problem: BulkProblem) {
        switch problem.code {
        case .unknownFormat: self.init(problem, status: .unsupportedMediaType)
        case .tooManyRows, .tooLarge: self.init(problem, status: .contentTooLarge)
        case .cannotWrite: self = .busyJobs
        default: self.init(problem, status: nil)
        }
    }

    /// Why a file could not be checked.
    init(ofFile error: any Error, _ logger: Logger) {
        switch error {
        case let problem as BulkProblem: self.init(problem)
        case let problem as SheetProblem where problem.code != .cannotOpen: self.init(problem, status: nil)
        default:
            logger.error("a verification failed: \(error)")
            self = .internalError
        }
    }
}
