/// Why something could not be kept or found. Equal by code; never holds holder data.
package struct StoreError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case notFound, conflict, damaged, full, diskFailed, locked, notWritable, newerSchema, failed
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
