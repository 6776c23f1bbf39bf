import CPango
import Credential

/// Draws certificates, one PDF after another. One per worker: pango's fonts are not to be shared.
package final class PageRenderer {
    private let template: PageTemplate
    private let elements: [PageElement.Kind]
    private let texts: TextPainter
    private let ornaments: OrnamentPainter
    /// By the element's position.
    private let prepared: [Int: Ornament]
    private let pictures: [String: (picture: Picture, surface: OpaquePointer)]

    /// - Parameters:
    ///   - pictures: the institution's own, by the name of the template's file or ``sealImageName``.
    package init(_ template: PageTemplate, language: DocumentLanguage, pictures: [String: Picture] = [:]) throws {
        self.template = template
        elements = try template.elements(for: language)
        let fonts = try FontBook()
        for families in template.fonts.values {
            // A page in another font than was designed must be somebody's decision, not a machine's.
            if let first = families.first, !fonts.has(first) { throw DocumentProblem.fontMissing(first) }
        }
        texts = TextPainter(fonts: fonts, template: template)
        var drawable: [String: (Picture, OpaquePointer)] = [:]
        for (name, picture) in pictures { drawable[name] = (picture, try picture.surface()) }
        self.pictures = drawable
        ornaments = OrnamentPainter(template: template)
        var prepared: [Int: Ornament] = [:]
        for (index, element) in elements.enumerated() {
            switch element {
            case .guilloche(let band): prepared[index] = try ornaments.ornament(band)
            case .rosette(let rosette): prepared[index] = try ornaments.ornament(rosette)
            default: continue
            }
        }
        self.prepared = prepared
    }

    deinit {
        for (_, surface) in pictures.values { cairo_surface_destroy(surface) }
    }

    package static let sealImageName = "institution-seal"

    /// How many pixels a photo needs across and down; nil where none is printed.
    package var photoPixels: (width: Int, height: Int)? {
        for case .photo(let block) in elements { return PicturePainter.photoPixels(of: block.place) }
        return nil
    }

    /// - Parameters:
    ///   - photo: of ``photoPixels`` at most, and in their proportions.
    ///   - isSpecimen: says so across the page.
    /// - Returns: a PDF of one page.
    package func render(
        _ content: DocumentContent, photo: Picture? = nil, isSpecimen: Bool = false
    ) throws(DocumentProblem) -> [UInt8] {
        let symbol: QRSymbol
        do { symbol = try QRSymbol(text: content.qrText) } catch { throw .qr(error) }
        let canvas = try PDFCanvas(
            width: template.page.width, height: template.page.height,
            title: "\(template.title) \(content.certificate.number)")
        for (index, element) in elements.enumerated() {
            switch element {
            case .text(let block):
                try texts.draw(
                    block.text.filled(with: content), block, field: block.text.fields.first, on: canvas.context)
            case .photo(let block): try draw(photo, block, on: canvas.context)
            case .qr(let block): try PicturePainter.draw(symbol, block, on: canvas.context)
            case .image(let block):
                if let (picture, surface) = pictures[block.source.name] {
                    PicturePainter.draw(picture, surface, in: block.place, on: canvas.context)
                }
            case .line(let line): ornaments.draw(line, on: canvas.context)
            case .rectangle(let rectangle): ornaments.draw(rectangle, on: canvas.context)
            case .guilloche, .rosette:
                if let ornament = prepared[index] { ornaments.draw(ornament, on: canvas.context) }
            }
        }
        if isSpecimen {
            try SpecimenMark.draw(
                on: canvas, width: template.page.width, height: template.page.height, fonts: texts.fonts)
        }
        canvas.endPage()
        return try canvas.finish()
    }

    private func draw(_ photo: Picture?, _ block: PhotoBlock, on canvas: OpaquePointer) throws(DocumentProblem) {
        if let photo {
            try PicturePainter.drawPhoto(photo, in: block.place, on: canvas)
            return
        }
        ornaments.draw(
            FilledRectangle(
                place: block.place, fill: nil, colour: block.stroke.colour, weight: block.stroke.weight, radius: 0),
            on: canvas)
        guard !block.empty.isEmpty else { return }
        // The template was checked to define what it names.
        try texts.draw(
            block.empty, template.styles[block.style]!, in: block.place, lines: 1, vertical: .middle, field: nil,
            on: canvas)
    }
}

extension ImageBlock.Source {
    var name: String {
        switch self {
        case .file(let name): name
        case .institutionSeal: PageRenderer.sealImageName
        }
    }
}
