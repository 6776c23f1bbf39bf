import Errors
import Files
import HTTPTypes

extension ErrorCategory {
    /// Of an answer (RFC 9110 §15); docs/exit-codes.md lists them beside the exit codes.
    package var httpStatus: HTTPResponse.Status {
        switch self {
        case .usage: .badRequest
        case .denied: .forbidden
        case .missing: .notFound
        case .conflict: .conflict
        case .refused: .unprocessableContent
        // The asker can do nothing but come again when somebody has seen to it.
        case .busy, .unavailable, .configuration, .disk: .serviceUnavailable
        case .damaged, .defect, .library: .internalServerError
        }
    }
}

extension Problem {
    /// What a server tells of an error: its words where the asker can mend it. What is wrong with the server is for its
    /// log.
    ///
    /// - Parameter status: where HTTP tells apart what the category does not.
    package init(_ error: any Explained, status: HTTPResponse.Status? = nil) {
        let status = status ?? error.category.httpStatus
        if status.code < 500, !(error is FileError) {
            self.init(status: status, type: error.codeName, error.words)
        } else if error.category == .busy {
            self = .busy
        } else {
            // A file of the server's own is no concern of the asker's either.
            self = status == .serviceUnavailable ? .outOfOrder : .internalError
        }
    }
}
