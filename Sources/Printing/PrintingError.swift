/// Why documents could not be made. Equal by code; never holds holder data.
package struct PrintingError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable { case library, keyMissing, fileAccess, manifest, notAsApproved }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
    package var description: String { reason }
}
