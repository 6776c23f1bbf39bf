/// Why issuing stopped. Equal by code; everything durable so far stays, and the same command goes on.
package struct IssuanceError: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case contentChanged, keyNotTrusted, statusKeyNotTrusted, keyMissing, institutionUnknown, awardBeforeExam
        case notFiledOnAwardDate, changeRefused, trustListStale, temporaryFile, clockBehind, publishedListRefused
        case awardAhead, sealRefused
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
