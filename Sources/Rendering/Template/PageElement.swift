import Errors

/// Something on the page. Positions and lengths are millimetres from the page's top left corner.
package struct PageElement: Decodable, Equatable, Sendable {
    /// The languages whose documents have it; nil is all.
    let languages: [DocumentLanguage]?
    let kind: Kind

    package enum Kind: Equatable, Sendable {
        case text(TextBlock)
        case line(LineSegment)
        case rectangle(FilledRectangle)
        case guilloche(GuillocheBand)
        case rosette(Rosette)
        case image(ImageBlock)
        case photo(PhotoBlock)
        case qr(QRBlock)
    }

    private enum TypeKey: String, CodingKey {
        case type
        case languages = "for"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: TypeKey.self)
        languages = try values.decodeIfPresent([DocumentLanguage].self, forKey: .languages)
        switch try values.decode(String.self, forKey: .type) {
        case "text": kind = .text(try TextBlock(from: decoder))
        case "line": kind = .line(try LineSegment(from: decoder))
        case "rectangle": kind = .rectangle(try FilledRectangle(from: decoder))
        case "guilloche": kind = .guilloche(try GuillocheBand(from: decoder))
        case "rosette": kind = .rosette(try Rosette(from: decoder))
        case "image": kind = .image(try ImageBlock(from: decoder))
        case "photo": kind = .photo(try PhotoBlock(from: decoder))
        case "qr": kind = .qr(try QRBlock(from: decoder))
        case let other:
            throw TemplateProblem.malformed(
                decoder.codingPath.dotted,
                BilingualText(
                    zh: "\(other) 不是元素类型；请选 text、line、rectangle、guilloche、rosette、image、photo 或 qr",
                    en:
                        "\(other) is no type of element; choose text, line, rectangle, guilloche, rosette, image, photo or qr"
                ))
        }
    }
}

package enum DocumentLanguage: String, Decodable, CaseIterable, Sendable {
    case chinese = "zh"
    case english = "en"
    case bilingual
}

/// Where something is and how large, in millimetres.
package struct Place: Equatable, Sendable {
    let x, y, width, height: Double

    init(x: Double, y: Double, width: Double, height: Double) {
        (self.x, self.y, self.width, self.height) = (x, y, width, height)
    }
}

struct PlaceKeys: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}

extension Place: Decodable {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: PlaceKeys.self)
        func length(_ key: String) throws -> Double {
            let value = try values.decode(Double.self, forKey: PlaceKeys(stringValue: key))
            guard (0...2000).contains(value) else {
                throw TemplateProblem.malformed(
                    decoder.codingPath.dotted,
                    BilingualText(zh: "\(key) 超出 0…2000 毫米", en: "\(key) is outside of 0…2000 mm"))
            }
            return value
        }
        x = try length("x")
        y = try length("y")
        width = try length("width")
        height = try length("height")
    }
}
