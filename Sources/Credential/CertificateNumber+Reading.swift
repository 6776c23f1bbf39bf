import Errors

/// A number as people write it: on a form, in a sheet, read aloud and typed.
extension CertificateNumber {
    package struct Malformed: Explained, Equatable {
        package var category: ErrorCategory { .usage }
        package var codeName: String { "malformed-request" }
        package var words: BilingualText {
            BilingualText(
                zh: "证书编号是一个字母加 21 位数字，例如 Y000037000001263000042",
                en: "a certificate number is one letter and 21 digits, such as Y000037000001263000042")
        }
    }

    private static let digitCount = 21
    /// In UTF-8; spaces and marks of all kinds included.
    private static let longest = 200
    private static let fullStops: Set<Unicode.Scalar> = [".", "。", "．", "｡"]

    /// The one reading at every edge, so that what is limited, looked up and recorded is one value: compatibility forms
    /// (such as full-width) become plain, lower case upper; spaces, hyphens and a full stop behind do not count.
    ///
    /// - Throws: ``Malformed`` for whatever is then not one letter A–Z and 21 digits.
    package init(written text: String) throws(Malformed) {
        guard text.utf8.count <= Self.longest else { throw Malformed() }
        var scalars = Substring(text).unicodeScalars
        while let last = scalars.last, Self.fullStops.contains(last) || Self.isPassedOver(last) { scalars.removeLast() }
        var plain = ""
        plain.reserveCapacity(Self.digitCount + 1)
        for scalar in scalars where !Self.isPassedOver(scalar) {
            guard plain.utf8.count <= Self.digitCount, let byte = Self.plain(scalar, isFirst: plain.isEmpty) else {
                throw Malformed()
            }
            plain.unicodeScalars.append(Unicode.Scalar(byte))
        }
        guard plain.utf8.count == Self.digitCount + 1 else { throw Malformed() }
        self.init(plain)
    }

    /// Space, hyphen, or a format character that nobody sees.
    private static func isPassedOver(_ scalar: Unicode.Scalar) -> Bool {
        if scalar.properties.isWhitespace || scalar == "\u{2212}" { return true }
        return switch scalar.properties.generalCategory {
        case .dashPunctuation, .format: true
        default: false
        }
    }

    private static func plain(_ scalar: Unicode.Scalar, isFirst: Bool) -> UInt8? {
        guard isFirst else {
            guard scalar.properties.numericType == .decimal || scalar.properties.numericType == .digit,
                let value = scalar.properties.numericValue, (0...9).contains(value)
            else { return nil }
            return UInt8(ascii: "0") + UInt8(value)
        }
        // Full-width letters stand in the order of ASCII.
        let value = (0xFF21...0xFF5A).contains(scalar.value) ? scalar.value - 0xFEE0 : scalar.value
        return switch value {
        case 0x41...0x5A: UInt8(value)
        case 0x61...0x7A: UInt8(value) - 0x20
        default: nil
        }
    }
}
