import Errors
import Foundation

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

    static let white = Colour(red: 1, green: 1, blue: 1)

    private init(red: Double, green: Double, blue: Double) { (self.red, self.green, self.blue) = (red, green, blue) }

    /// From 1, the same, to 21, black on white (WCAG 2.2, contrast ratio).
    func contrast(with other: Colour) -> Double {
        let (lighter, darker) = (max(luminance, other.luminance), min(luminance, other.luminance))
        return (lighter + 0.05) / (darker + 0.05)
    }

    private var luminance: Double {
        func linear(_ value: Double) -> Double { value <= 0.04045 ? value / 12.92 : pow((value + 0.055) / 1.055, 2.4) }
        return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
    }

    package init(from decoder: any Decoder) throws {
        let hex = try decoder.singleValueContainer().decode(String.self)
        guard let colour = Self(hex: hex) else {
            throw TemplateProblem.malformed(
                decoder.codingPath.dotted,
                BilingualText(zh: "颜色应写作 #RRGGBB，而不是 \(hex)", en: "a colour reads #RRGGBB, not \(hex)"))
        }
        self = colour
    }
}
