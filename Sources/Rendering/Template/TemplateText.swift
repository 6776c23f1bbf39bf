import Errors

/// A text of a template: words and fields, such as `证书编号 {number}`.
package struct TemplateText: Decodable, Equatable, Sendable {
    enum Piece: Equatable, Sendable {
        case words(String)
        case field(DocumentField)
    }

    let pieces: [Piece]

    var fields: [DocumentField] {
        pieces.compactMap { if case .field(let field) = $0 { field } else { nil } }
    }

    func filled(with content: DocumentContent) -> String {
        pieces.map { piece in
            switch piece {
            case .words(let words): words
            case .field(let field): content[field]
            }
        }.joined()
    }

    package init(from decoder: any Decoder) throws {
        let text = try decoder.singleValueContainer().decode(String.self)
        let place = decoder.codingPath.dotted
        var pieces: [Piece] = []
        var rest = text[...]
        while let open = rest.firstIndex(of: "{") {
            guard let close = rest[open...].firstIndex(of: "}") else {
                throw TemplateProblem.malformed(place, BilingualText(zh: "有 { 而没有 }", en: "a { without its }"))
            }
            let name = String(rest[rest.index(after: open)..<close])
            guard let field = DocumentField(rawValue: name) else {
                throw TemplateProblem.unknownField(place, field: name)
            }
            if open > rest.startIndex { pieces.append(.words(String(rest[..<open]))) }
            pieces.append(.field(field))
            rest = rest[rest.index(after: close)...]
        }
        if !rest.isEmpty { pieces.append(.words(String(rest))) }
        self.pieces = pieces
    }
}
