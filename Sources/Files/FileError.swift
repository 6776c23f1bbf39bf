import Errors

/// What went wrong with a file.
package typealias FileError = CodedError<FileErrorCode>

package enum FileErrorCode: String, ErrorCode {
    case insecurePermissions, fileAccess, diskFull, alreadyExists

    package var category: ErrorCategory {
        switch self {
        case .insecurePermissions: .configuration
        case .fileAccess: .missing
        case .diskFull: .disk
        case .alreadyExists: .conflict
        }
    }
}
