/// A holder's name as it is compared wherever somebody gives it: spaces, invisible marks, case, full-width forms and the
/// kind of dot between its parts do not count.
package struct ComparableName: Equatable, Sendable {
    package let text: String

    package init(_ name: String) {
        var kept = String.UnicodeScalarView()
        for scalar in name.unicodeScalars where !scalar.isIgnoredInNames {
            let scalar = scalar.halfWidth
            switch scalar {
            case "•", "‧", "・", ".": kept.append("·")
            default: kept.append(scalar)
            }
        }
        text = String(kept).lowercased()
    }
}

extension Unicode.Scalar {
    private static let han: ClosedRange<UInt32> = 0x4E00...0x9FFF

    fileprivate var isIgnoredInNames: Bool {
        // Most characters of most names, without a look at their properties.
        !Self.han.contains(value) && (properties.isWhitespace || properties.generalCategory == .format)
    }

    /// Of full-width forms (U+FF01…U+FF5E) what they stand for; others as they are.
    package var halfWidth: Unicode.Scalar {
        (0xFF01...0xFF5E).contains(value) ? Unicode.Scalar(value - 0xFEE0) ?? self : self
    }
}
