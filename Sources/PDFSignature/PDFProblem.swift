import Errors

/// Why a PDF cannot be signed or read. Equal by code; the reason is for people.
package typealias PDFProblem = CodedError<PDFProblemCode>

package enum PDFProblemCode: String, ErrorCode {
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

    package var category: ErrorCategory { .refused }
}

extension PDFProblem {
    /// - Parameter reason: in the terms of ISO 32000, for whoever looks into the file.
    static func malformed(_ reason: String) -> PDFProblem {
        PDFProblem(.malformed, zh: "不是 Signet 所写的那种 PDF（\(reason)）", en: reason)
    }
}
