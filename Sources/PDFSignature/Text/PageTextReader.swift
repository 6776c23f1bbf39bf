/// Reads the text that a page shows, in the order in which it is drawn, from its content stream and its
/// fonts' ToUnicode tables. Only for pages of which every byte is signed: it takes what cairo writes, and
/// refuses what could show text in other ways.
struct PageTextReader {
    private let revision: PDFRevision
    private var fonts: [Int: GlyphTexts] = [:]
    private(set) var runs: [String] = []
    var inflater = Inflater()
    /// Bytes of text on a page for people.
    private static let mostText = 1 << 16
    private static let mostRuns = 1 << 14
    private static let mostOperands = 1 << 12
    private var textByteCount = 0

    private static let deepestForm = 4
    private static let deepestMark = 64
    private static let mostForms = 256
    private var formCount = 0

    init(_ revision: PDFRevision) { self.revision = revision }

    mutating func read(_ page: PDFDictionary) throws(PDFProblem) {
        guard let content = revision.object(page["Contents"]?.reference) else {
            throw .malformed("the page has not one content stream")
        }
        try read(content, resources: revision.dictionary(page["Resources"]), depth: 0)
    }

    private mutating func read(
        _ content: PDFIndirectObject, resources: PDFDictionary?, depth: Int
    ) throws(PDFProblem) {
        formCount += 1
        guard depth < Self.deepestForm, formCount < Self.mostForms else { throw .malformed("forms within forms") }
        var lexer = PDFLexer(try inflater.content(of: content, in: revision.bytes))
        var operands: [PDFObject] = []
        var font: GlyphTexts?
        // Marked content whose ActualText stands for what is shown in it.
        var replaced: [Bool] = []
        while let token = try lexer.token() {
            guard case .keyword(let keyword) = token else {
                if case .operand(let operand) = token { operands.append(operand) }
                guard operands.count <= Self.mostOperands else { throw .malformed("the page has an endless operator") }
                continue
            }
            switch keyword {
            case "BT", "Td", "TD", "Tm", "T*": try beginRun()
            case "Tf": font = try self.font(operands.first?.name, resources)
            case "Tj", "'", "\"": if !replaced.contains(true) { try show([operands.last ?? .null], font) }
            case "TJ": if !replaced.contains(true) { try show(operands.last?.array ?? [], font) }
            case "BMC":
                guard replaced.count < Self.deepestMark else { throw .malformed("marks within marks") }
                replaced.append(false)
            case "BDC":
                let actual = revision.dictionary(operands.last)?["ActualText"]?.string
                if let actual, !replaced.contains(true) { try append(PDFTextString.text(actual)) }
                guard replaced.count < Self.deepestMark else { throw .malformed("marks within marks") }
                replaced.append(actual != nil)
            case "EMC": _ = replaced.popLast()
            case "Do":
                if let form = try form(operands.last?.name, resources) {
                    let own = revision.dictionary(form.value.dictionary?["Resources"])
                    try read(form, resources: own ?? resources, depth: depth + 1)
                }
            case "BI": throw .malformed("the page has an inline image")
            default: break
            }
            operands = []
        }
    }

    private mutating func show(_ parts: [PDFObject], _ font: GlyphTexts?) throws(PDFProblem) {
        for part in parts {
            guard let shown = part.string else { continue }
            guard shown.count <= Self.mostText else { throw .malformed("the page has too much text") }
            try append(font?.text(of: shown) ?? String(repeating: "\u{FFFD}", count: shown.count))
        }
    }

    private mutating func beginRun() throws(PDFProblem) {
        guard runs.count < Self.mostRuns else { throw .malformed("the page has too much text") }
        runs.append("")
    }

    private mutating func append(_ text: String) throws(PDFProblem) {
        textByteCount += text.utf8.count
        guard textByteCount <= Self.mostText else { throw .malformed("the page has too much text") }
        if runs.isEmpty { runs.append("") }
        runs[runs.count - 1] += text
    }

    private mutating func font(_ name: String?, _ resources: PDFDictionary?) throws(PDFProblem) -> GlyphTexts? {
        guard let name, let number = revision.dictionary(resources?["Font"])?[name]?.reference,
            let table = revision.dictionary(.reference(number))?["ToUnicode"]?.reference
        else { return nil }
        if let known = fonts[number] { return known }
        guard let stream = revision.object(table) else { throw .malformed("a font's texts are missing") }
        let texts = try GlyphTexts(cmap: inflater.content(of: stream, in: revision.bytes))
        fonts[number] = texts
        return texts
    }

    /// Nil for an image.
    private func form(_ name: String?, _ resources: PDFDictionary?) throws(PDFProblem) -> PDFIndirectObject? {
        guard let name, let object = revision.object(revision.dictionary(resources?["XObject"])?[name]?.reference),
            let kind = object.value.dictionary?["Subtype"]?.name
        else { throw .malformed("the page draws something that is missing") }
        return kind == "Form" ? object : nil
    }
}
