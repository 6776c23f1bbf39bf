import Errors

/// Why something could not be kept or found. Equal by code; never holds holder data.
package typealias StoreError = CodedError<StoreErrorCode>

package enum StoreErrorCode: String, ErrorCode {
    case notFound, conflict, damaged, full, diskFailed, locked, notWritable, newerSchema, failed

    package var category: ErrorCategory {
        switch self {
        case .notFound: .missing
        case .conflict: .conflict
        case .damaged, .newerSchema: .damaged
        case .full, .diskFailed, .notWritable: .disk
        case .locked: .busy
        case .failed: .defect
        }
    }
}
