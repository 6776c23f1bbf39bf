import Errors

/// Why documents could not be made. Equal by code; never holds holder data.
package typealias PrintingError = CodedError<PrintingErrorCode>

package enum PrintingErrorCode: String, ErrorCode {
    case library, keyMissing, fileAccess, manifest, notAsApproved

    package var category: ErrorCategory {
        switch self {
        case .library: .library
        case .keyMissing: .configuration
        case .fileAccess: .missing
        case .manifest, .notAsApproved: .refused
        }
    }
}
