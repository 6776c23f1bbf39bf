import Errors

/// Why bytes or digits are not of a format. Positions are bytes from the start.
package typealias FormatError = CodedError<FormatErrorCode>

package enum FormatErrorCode: String, ErrorCode {
    case notDigits, truncated, trailingBytes, notCanonical, tooDeep, tooLong, wrongType, wrongTag
    case malformedText, malformedHeader, malformedClaims, foreignFormat, several
    case malformed, tooLarge, wrongSignature, outOfRange, compression

    package var category: ErrorCategory { self == .compression ? .library : .refused }
}
