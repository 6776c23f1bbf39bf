/// An opaque colour. Translucent ones are left out on purpose: they make printers rasterise a page.
package struct Colour: Decodable, Equatable, Sendable {
    /// 0…1 each.
    let red, green, blue: Double

    /// - Parameter hex: `#RRGGBB`.
    init?(hex: String) {
        let digits = hex.dropFirst()
        guard hex.hasPrefix("#"), digits.utf8.count == 6, digits.allSatisfy(\.isHexDigit),
            let value = UInt32(digits, radix: 16)
        else { return nil }
        red = Double(value >> 16) / 255
        green = Double(value >> 8 & 0xFF) / 255
        blue = Double(value & 0xFF) / 255
    }

    package init(from decoder: any Decoder) throws {
        let hex = try decoder.singleValueContainer().decode(String.self)
        guard let colour = Self(hex: hex) else {
            throw TemplateProblem.malformed(decoder.codingPath.dotted, "a colour reads #RRGGBB, not \(hex)")
        }
        self = colour
    }
}
