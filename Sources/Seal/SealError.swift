/// Why bytes or digits are not a seal. Equal by code; positions are bytes from the start.
package struct SealError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case notDigits, truncated, trailingBytes, notCanonical, tooDeep, tooLong, wrongType, wrongTag
        case malformedText, malformedHeader, malformedClaims, foreignFormat, several
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
    package var description: String { reason }
}
