import Errors

/// Why nothing was published, or what was published is not believed.
package typealias PublishingError = CodedError<PublishingErrorCode>

package enum PublishingErrorCode: String, ErrorCode {
    case clockBehind, publishedListRefused

    package var category: ErrorCategory { .configuration }
}
