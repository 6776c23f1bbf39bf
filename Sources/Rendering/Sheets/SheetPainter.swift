/// Texts and rules of working papers: ledgers and labels, in one look.
struct SheetPainter {
    private let texts: TextPainter
    private let ornaments: OrnamentPainter
    private let template: PageTemplate

    init() throws {
        template = try PageTemplate(json: PackageResources.sheets_json)
        texts = TextPainter(fonts: try FontBook(), template: template)
        ornaments = OrnamentPainter(template: template)
    }

    /// - Parameter style: one that the look's file defines.
    func text(
        _ text: String, _ style: String, _ place: Place, lines: Int = 1, on canvas: PDFCanvas
    ) throws(DocumentProblem) {
        guard !text.isEmpty else { return }
        // The names are constants of this folder, and the file beside it defines them.
        try texts.draw(
            text, template.styles[style]!, in: place, lines: lines, vertical: .middle, field: nil, on: canvas.context)
    }

    func box(_ place: Place, fill: String? = nil, on canvas: PDFCanvas) {
        ornaments.draw(
            FilledRectangle(place: place, fill: fill, colour: "hair", weight: 0.15, radius: 0), on: canvas.context)
    }
}
