import CPango
import Credential

/// Draws certificates, one PDF after another. One per worker: pango's fonts are not to be shared.
package final class PageRenderer {
    private let template: PageTemplate
    private let elements: [PageElement.Kind]
    private let texts: TextPainter
    private let background: OpaquePointer
    private let pictures: [String: (picture: Picture, surface: OpaquePointer)]

    /// - Parameters:
    ///   - pictures: the institution's own, by the name of the template's file or ``sealImageName``.
    package init(_ template: PageTemplate, language: DocumentLanguage, pictures: [String: [UInt8]] = [:]) throws {
        self.template = template
        elements = try template.elements(for: language)
        let fonts = try FontBook()
        for families in template.fonts.values {
            // A page in another font than was designed must be somebody's decision, not a machine's.
            if let first = families.first, !fonts.has(first) { throw DocumentProblem.fontMissing(first) }
        }
        texts = TextPainter(fonts: fonts, template: template)
        var decoded: [String: (Picture, OpaquePointer)] = [:]
        for (name, bytes) in pictures {
            let picture = try Picture(bytes, name: name)
            decoded[name] = (picture, try picture.surface())
        }
        self.pictures = decoded
        background = try Self.background(elements, template)
    }

    deinit {
        cairo_surface_destroy(background)
        for (_, surface) in pictures.values { cairo_surface_destroy(surface) }
    }

    package static let sealImageName = "institution-seal"

    /// - Parameter photo: a JPEG or PNG file.
    /// - Returns: a PDF of one page.
    package func render(_ content: DocumentContent, photo: [UInt8]? = nil) throws(DocumentProblem) -> [UInt8] {
        let symbol: QRSymbol
        do { symbol = try QRSymbol(text: content.qrText) } catch { throw .qr(error) }
        let canvas = try PDFCanvas(
            width: template.page.width, height: template.page.height,
            title: "\(template.title) \(content.certificate.number)")
        cairo_set_source_surface(canvas.context, background, 0, 0)
        cairo_paint(canvas.context)
        for element in elements {
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
            case .line, .rectangle, .guilloche, .rosette: continue
            }
        }
        canvas.endPage()
        return try canvas.finish()
    }

    private func draw(_ photo: [UInt8]?, _ block: PhotoBlock, on canvas: OpaquePointer) throws(DocumentProblem) {
        if let photo {
            try PicturePainter.drawPhoto(Picture(photo, name: "of a holder"), in: block.place, on: canvas)
            return
        }
        let ornaments = OrnamentPainter(template: template)
        ornaments.draw(
            FilledRectangle(
                place: block.place, fill: nil, colour: block.stroke.colour, weight: block.stroke.weight, radius: 0),
            on: canvas)
        // The template was checked to define what it names.
        try texts.draw(
            block.empty, template.styles[block.style]!, in: block.place, lines: 1, vertical: .middle, field: nil,
            on: canvas)
    }

    /// What is alike on every page, computed once and played back.
    private static func background(
        _ elements: [PageElement.Kind], _ template: PageTemplate
    ) throws(DocumentProblem) -> OpaquePointer {
        var extents = cairo_rectangle_t(x: 0, y: 0, width: template.page.width, height: template.page.height)
        guard let surface = cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents),
            let canvas = cairo_create(surface)
        else { throw .libraryFailed("out of memory") }
        defer { cairo_destroy(canvas) }
        let ornaments = OrnamentPainter(template: template)
        for element in elements {
            switch element {
            case .line(let line): ornaments.draw(line, on: canvas)
            case .rectangle(let rectangle): ornaments.draw(rectangle, on: canvas)
            case .guilloche(let band): ornaments.draw(band, on: canvas)
            case .rosette(let rosette): ornaments.draw(rosette, on: canvas)
            case .text, .photo, .qr, .image: continue
            }
        }
        return surface
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
