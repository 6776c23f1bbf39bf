import Errors
import Foundation

/// The look of a certificate, as data; docs/templates.md describes the file.
package struct PageTemplate: Decodable, Equatable, Sendable {
    package let title: String
    /// The file it was read from.
    package private(set) var json: [UInt8] = []
    let page: PageSize
    /// Lists of families by name; the first that has a character draws it.
    let fonts: [String: [String]]
    let colours: [String: Colour]
    let styles: [String: TextStyle]
    let elements: [PageElement]

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case schema = "$schema"
        case title, page, fonts, colours, styles, elements
    }

    package struct PageSize: Decodable, Equatable, Sendable {
        /// Millimetres.
        let width, height: Double
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        title = try values.decode(String.self, forKey: .title)
        page = try values.decode(PageSize.self, forKey: .page)
        fonts = try values.decode([String: [String]].self, forKey: .fonts)
        colours = try values.decode([String: Colour].self, forKey: .colours)
        styles = try values.decode([String: TextStyle].self, forKey: .styles)
        elements = try values.decode([PageElement].self, forKey: .elements)
        guard (50...1000).contains(page.width), (50...1000).contains(page.height) else {
            throw TemplateProblem.malformed(
                "page", BilingualText(zh: "宽和高应为 50…1000 毫米", en: "width and height are 50…1000 mm"))
        }
        for (index, element) in elements.enumerated() { try check(element, at: "elements[\(index)]") }
        try checkLegibility()
    }

    /// - Parameter json: a template file.
    package init(json: [UInt8]) throws(TemplateProblem) {
        do {
            self = try JSONDecoder().decode(Self.self, from: Data(json))
            self.json = json
        } catch let problem as TemplateProblem {
            throw problem
        } catch let error as DecodingError {
            throw TemplateProblem(error)
        } catch {
            throw .unusableFile("\(error)")
        }
    }

    /// What a document in this language has, checked to be a whole certificate.
    func elements(for language: DocumentLanguage) throws(TemplateProblem) -> [PageElement.Kind] {
        let shown = elements.filter { $0.languages?.contains(language) ?? true }.map(\.kind)
        let fields = Set(
            shown.flatMap { kind in if case .text(let block) = kind { block.text.fields } else { [DocumentField]() } })
        for choice in DocumentField.required where !choice.contains(where: fields.contains) {
            throw .missingPart(
                BilingualText(
                    zh: " {\(choice[0].rawValue)}（\(language.rawValue) 版）",
                    en: "{\(choice[0].rawValue)} in its \(language.rawValue) form"))
        }
        let codes = shown.filter { if case .qr = $0 { true } else { false } }
        guard codes.count == 1 else {
            throw .missingPart(
                BilingualText(
                    zh: "二维码（\(language.rawValue) 版应恰好一个）", en: "exactly one QR code in its \(language.rawValue) form"))
        }
        return shown
    }

    /// The picture files that the template names.
    package var pictureFiles: Set<String> {
        Set(
            elements.compactMap { element in
                guard case .image(let block) = element.kind, case .file(let name) = block.source else { return nil }
                return name
            })
    }

    private func check(_ element: PageElement, at place: String) throws(TemplateProblem) {
        switch element.kind {
        case .text(let block): try checkStyle(block.style, place)
        case .photo(let block):
            try checkStyle(block.style, place)
            try checkColour(block.stroke.colour, place)
        case .line(let line): try checkColour(line.stroke.colour, place)
        case .rectangle(let rectangle):
            for colour in [rectangle.fill, rectangle.colour] {
                if let colour { try checkColour(colour, place) }
            }
        case .guilloche(let band): try checkColour(band.stroke.colour, place)
        case .rosette(let rosette): try checkColour(rosette.stroke.colour, place)
        case .image, .qr: break
        }
    }

    private func checkStyle(_ name: String, _ place: String) throws(TemplateProblem) {
        guard let style = styles[name] else {
            throw .unknownReference(place, kind: "style", name: name, known: styles.keys.sorted())
        }
        guard fonts[style.font] != nil else {
            throw .unknownReference("styles.\(name)", kind: "font", name: style.font, known: fonts.keys.sorted())
        }
        try checkColour(style.colour, "styles.\(name)")
    }

    private func checkColour(_ name: String, _ place: String) throws(TemplateProblem) {
        guard colours[name] != nil else {
            throw .unknownReference(place, kind: "colour", name: name, known: colours.keys.sorted())
        }
    }
}

extension TemplateProblem {
    init(_ error: DecodingError) {
        switch error {
        case .keyNotFound(let key, let context):
            self = .malformed(
                context.codingPath.dotted,
                BilingualText(zh: "缺少 \(key.stringValue)", en: "\(key.stringValue) is missing"))
        case .typeMismatch(let type, let context), .valueNotFound(let type, let context):
            self = .malformed(
                context.codingPath.dotted,
                BilingualText(zh: "此处应为 \(type) 类型的值", en: "a value of type \(type) is expected"))
        case .dataCorrupted(let context):
            self = .malformed(context.codingPath.dotted, BilingualText(same: context.debugDescription))
        @unknown default: self = .unusableFile("\(error)")
        }
    }
}
