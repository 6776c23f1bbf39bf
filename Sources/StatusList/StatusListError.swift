/// Why a status list is refused. Equal by code.
package struct StatusListError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable { case malformed, tooLarge, wrongType, wrongSignature, outOfRange, compression }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
    package var description: String { reason }
}
