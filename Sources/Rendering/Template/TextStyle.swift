import Errors

/// How a text is set. Sizes are in points, as printers give them.
package struct TextStyle: Decodable, Equatable, Sendable {
    package enum Alignment: String, Decodable, Sendable { case start, centre, end, justify }
    package enum Weight: String, Decodable, Sendable { case light, regular, bold }

    /// A name from the template's `fonts`.
    let font: String
    let size: Double
    /// Down to here a text too wide for its place is made smaller; below, the row is asked about.
    let minimum: Double
    let weight: Weight
    let colour: String
    let alignment: Alignment
    /// Points added after each character.
    let tracking: Double
    /// Distance of lines as a multiple of the font's own.
    let leading: Double

    private enum CodingKeys: String, CodingKey, CaseIterable {
        case font, size, minimum, weight, colour
        case alignment = "align"
        case tracking, leading
    }

    package init(from decoder: any Decoder) throws {
        try decoder.refuseUnknownKeys(besides: CodingKeys.self)
        let values = try decoder.container(keyedBy: CodingKeys.self)
        font = try values.decode(String.self, forKey: .font)
        size = try values.decode(Double.self, forKey: .size)
        minimum = try values.decodeIfPresent(Double.self, forKey: .minimum) ?? size
        weight = try values.decodeIfPresent(Weight.self, forKey: .weight) ?? .regular
        colour = try values.decode(String.self, forKey: .colour)
        alignment = try values.decodeIfPresent(Alignment.self, forKey: .alignment) ?? .start
        tracking = try values.decodeIfPresent(Double.self, forKey: .tracking) ?? 0
        leading = try values.decodeIfPresent(Double.self, forKey: .leading) ?? 1
        guard (1...200).contains(size), (1...size).contains(minimum), (0...100).contains(tracking),
            (0.5...5).contains(leading)
        else {
            throw TemplateProblem.malformed(
                decoder.codingPath.dotted,
                BilingualText(
                    zh: "size 为 1…200，minimum 为 1…size，tracking 为 0…100，leading 为 0.5…5",
                    en: "size is 1…200, minimum 1…size, tracking 0…100, leading 0.5…5"))
        }
    }
}
