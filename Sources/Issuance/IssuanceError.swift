import Errors

/// Why issuing stopped. Equal by code; everything durable so far stays, and the same command goes on.
package typealias IssuanceError = CodedError<IssuanceErrorCode>

package enum IssuanceErrorCode: String, ErrorCode {
    case contentChanged, keyNotTrusted, statusKeyNotTrusted, keyMissing, institutionUnknown, awardBeforeExam
    case notFiledOnAwardDate, changeRefused, trustListStale, temporaryFile
    case awardAhead, sealRefused

    package var category: ErrorCategory {
        switch self {
        case .contentChanged, .changeRefused: .refused
        case .temporaryFile: .disk
        default: .configuration
        }
    }
}
