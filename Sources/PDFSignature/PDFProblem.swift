/// Why a PDF cannot be signed or read. Equal by code; the reason is for people.
package struct PDFProblem: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        /// Not a PDF of the plain kind that Signet writes.
        case malformed
        /// No signature, or not exactly one.
        case unsigned
        /// No bytes; not a PDF or cut short; with a password; of several pages; white space behind the end.
        case empty, damaged, encrypted, severalPages, spaceBehind
        /// Other bytes than were signed.
        case changed
        /// The signed revision is whole, but something was added after it: something, annotations, a
        /// page in place of the signed one, other attachments.
        case appended, annotated, overlaid, attachmentReplaced
        case timestampFailed
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    static func malformed(_ reason: String) -> PDFProblem { PDFProblem(.malformed, reason) }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
    package var description: String { reason }
}
