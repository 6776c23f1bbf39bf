import Errors

/// Why a document cannot be drawn. Descriptions never repeat what it would say.
package enum DocumentProblem: Error, Equatable, CustomStringConvertible {
    /// Characters that no font of the template has, such as `U+2CC56`.
    case missingGlyphs([UInt32])
    case tooLong(DocumentField?, width: Double)
    case fontMissing(String)
    case unusablePicture(String, reason: String)
    case qr(QRProblem)
    case photoNotApproved
    case libraryFailed(String)

    package var description: String {
        switch self {
        case .missingGlyphs(let scalars):
            "no font of the template has \(scalars.map(Self.name).joined(separator: ", ")); "
                + "add a font that has it to the template's lists, or install fonts-noto-cjk"
        case .tooLong(let field, let width):
            "the text of \(field.map { "{\($0.rawValue)}" } ?? "a fixed text") does not fit into \(width) mm, even "
                + "at its smallest size; widen its place in the template"
        case .fontMissing(let family):
            "the font \(family), first of its list in the template, is not installed; install it "
                + "(fonts-lxgw-wenkai for LXGW WenKai), or name another"
        case .unusablePicture(let name, let reason): "the picture \(name) cannot be used: \(reason)"
        case .qr(let problem): problem.description
        case .photoNotApproved:
            "its photo is not the one that was approved; put that one back, or approve the documents as they are now"
        case .libraryFailed(let reason): "the document could not be drawn: \(reason)"
        }
    }

    static func name(_ scalar: UInt32) -> String {
        let digits = String(scalar, radix: 16, uppercase: true)
        return "U+" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits
    }
}

extension DocumentProblem: Explained {
    package var category: ErrorCategory {
        switch self {
        case .fontMissing, .libraryFailed: .library
        case .missingGlyphs, .tooLong, .unusablePicture, .qr, .photoNotApproved: .refused
        }
    }
    package var codeName: String { "document" }
    package var words: BilingualText { BilingualText(zh: description, en: description) }
}
