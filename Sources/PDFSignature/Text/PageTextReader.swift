/// Reads the text that a page shows, in the order in which it is drawn, from its content stream and its
/// fonts' ToUnicode tables: what is drawn to be seen, and not covered by what is drawn later. Only for pages of which every byte is signed: it takes what cairo writes, and
/// refuses what could show text in other ways.
struct PageTextReader {
    private let revision: PDFRevision
    private var fonts: [Int: GlyphTexts] = [:]
    private var assignmentsLeft = GlyphTexts.mostAssignments
    private(set) var runs: [String] = []
    var inflater = Inflater()
    /// Bytes of text on a page for people.
    private static let mostText = 1 << 16
    private static let mostRuns = 1 << 14
    private static let mostOperands = 1 << 12
    private var textByteCount = 0
    private var state = DrawingState(page: PageRectangle(x: 0, y: 0, width: 0, height: 0))
    /// Where texts begin that can be covered yet, with their runs.
    private var places: [(x: Double, y: Double, run: Int)] = []
    /// Marked content whose ActualText stands for what is shown in it: the text until something is shown.
    private var replaced: [String?] = []

    private static let deepestForm = 4
    private static let deepestMark = 64
    private static let mostForms = 256
    private var formCount = 0

    init(_ revision: PDFRevision) { self.revision = revision }

    mutating func read(_ page: PDFDictionary) throws(PDFProblem) {
        guard let content = revision.object(page["Contents"]?.reference) else {
            throw .malformed("the page has not one content stream")
        }
        let box = (page["MediaBox"]?.array ?? []).compactMap(\.number)
        guard box.count == 4 else { throw .malformed("the page has no size of its own") }
        state = DrawingState(
            page: PageRectangle(x: box[0], y: box[1], width: box[2] - box[0], height: box[3] - box[1]))
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
        while let token = try lexer.token() {
            guard case .keyword(let keyword) = token else {
                if case .operand(let operand) = token { operands.append(operand) }
                guard operands.count <= Self.mostOperands else { throw .malformed("the page has an endless operator") }
                continue
            }
            for covered in try state.apply(keyword, operands) { cover(covered) }
            switch keyword {
            case "BT", "Td", "TD", "Tm", "T*": try beginRun()
            case "Tf": font = try self.font(operands.first?.name, resources)
            case "Tj", "'", "\"": try show([operands.last ?? .null], font)
            case "TJ": try show(operands.last?.array ?? [], font)
            case "gs": setState(operands.last?.name, resources)
            case "BMC":
                guard replaced.count < Self.deepestMark else { throw .malformed("marks within marks") }
                replaced.append(nil)
            case "BDC":
                guard replaced.count < Self.deepestMark else { throw .malformed("marks within marks") }
                let actual = revision.dictionary(operands.last)?["ActualText"]?.string
                replaced.append(actual.map(PDFTextString.text))
            case "EMC": _ = replaced.popLast()
            case "Do":
                if let form = try form(operands.last?.name, resources) {
                    try read(form, resources, depth: depth)
                }
            case "BI": throw .malformed("the page has an inline image")
            default: break
            }
            operands = []
        }
    }

    /// A form is drawn in the state of its page, and leaves that as it was.
    private mutating func read(
        _ form: PDFIndirectObject, _ resources: PDFDictionary?, depth: Int
    ) throws(PDFProblem) {
        let before = state
        if let matrix = PageMatrix(form.value.dictionary?["Matrix"]?.array ?? []) { state.concatenate(matrix) }
        let own = revision.dictionary(form.value.dictionary?["Resources"])
        try read(form, resources: own ?? resources, depth: depth + 1)
        state = before
    }

    private mutating func setState(_ name: String?, _ resources: PDFDictionary?) {
        guard let name else { return }
        let states = revision.dictionary(resources?["ExtGState"])
        state.setOpacity(revision.dictionary(states?[name])?["ca"]?.number)
    }

    /// What lies below counts as not shown.
    private mutating func cover(_ area: PageRectangle) {
        for place in places where area.contains((place.x, place.y)) { runs[place.run] = "" }
        places.removeAll { area.contains(($0.x, $0.y)) }
    }

    private mutating func show(_ parts: [PDFObject], _ font: GlyphTexts?) throws(PDFProblem) {
        guard state.isSeen else { return }
        if runs.isEmpty { try beginRun() }
        let (x, y) = state.place
        if places.last?.run != runs.count - 1 { places.append((x, y, runs.count - 1)) }
        if let marked = replaced.firstIndex(where: { $0 != nil }) {
            // Once, with the first of what it stands for.
            let actual = replaced[marked] ?? ""
            replaced[marked] = ""
            return try append(actual)
        }
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
        let cmap = try inflater.content(of: stream, in: revision.bytes)
        let texts = try GlyphTexts(cmap: cmap, assignments: assignmentsLeft)
        assignmentsLeft = texts.assignmentsLeft
        fonts[number] = texts
        return texts
    }

    /// Nil for an image.
    private mutating func form(_ name: String?, _ resources: PDFDictionary?) throws(PDFProblem) -> PDFIndirectObject? {
        guard let name, let object = revision.object(revision.dictionary(resources?["XObject"])?[name]?.reference),
            let dictionary = object.value.dictionary, let kind = dictionary["Subtype"]?.name
        else { throw .malformed("the page draws something that is missing") }
        if kind == "Form" { return object }
        // One with a mask lets through what is below.
        if dictionary["SMask"] == nil, dictionary["Mask"] == nil, dictionary["ImageMask"] == nil {
            cover(state.unitSquare)
        }
        return nil
    }
}
