/// A name under repair. Never converted between traditional and simplified forms (7).
struct NameText {
    private(set) var scalars: [Unicode.Scalar]
    private(set) var mended: [Rule] = []

    private static let separator: Unicode.Scalar = "\u{B7}"
    private static let space: Unicode.Scalar = " "
    /// Dots that input methods give for U+00B7, which no name has otherwise.
    private static let otherSeparators: Set<Unicode.Scalar> = [
        "\u{2022}", "\u{2027}", "\u{30FB}", "\u{FF0E}", "\u{FF65}", "\u{2219}", "\u{22C5}",
    ]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    var string: String { String(String.UnicodeScalarView(scalars)) }

    private var hasHan: Bool { scalars.contains(where: Self.isHan) }

    mutating func mend() {
        mendFullWidth()
        mendSeparators()
        mendSpaces()
    }

    private mutating func mendFullWidth() {
        let before = scalars
        scalars = scalars.map { scalar in
            switch scalar.value {
            case 0xFF10...0xFF19, 0xFF21...0xFF3A, 0xFF41...0xFF5A: Unicode.Scalar(UInt8(scalar.value - 0xFEE0))
            default: scalar
            }
        }
        if scalars != before { mended.append(.fullWidthMended) }
    }

    private mutating func mendSeparators() {
        let before = scalars
        for i in scalars.indices {
            let isInner = i > 0 && i + 1 < scalars.count
            let isDotAmongHan =
                isInner && scalars[i] == "." && Self.isHan(before[i - 1]) && Self.isHan(before[i + 1])
            if isDotAmongHan || Self.otherSeparators.contains(scalars[i]) { scalars[i] = Self.separator }
        }
        if scalars != before { mended.append(.nameSeparator) }
    }

    /// A two-character name is spread over the cell's width, and separators attract spaces: those
    /// go. Latin names keep single spaces.
    private mutating func mendSpaces() {
        guard scalars.contains(Self.space) else { return }
        let before = scalars
        if hasHan {
            let solid = scalars.filter { $0 != Self.space }
            if solid.count == 2 || solid.contains(Self.separator) && spacesTouchSeparators { scalars = solid }
        } else {
            scalars = scalars.indices.filter { i in scalars[i] != Self.space || scalars[i - 1] != Self.space }
                .map { scalars[$0] }
        }
        if scalars != before { mended.append(.nameSpaces) }
    }

    private var spacesTouchSeparators: Bool {
        scalars.split(separator: Self.separator).allSatisfy { part in
            let inner = part.drop { $0 == Self.space }.reversed().drop { $0 == Self.space }
            return !inner.contains(Self.space)
        }
    }

    /// What a human must look at, or nil.
    var problem: Rule? {
        if scalars.contains(where: Self.isDamage) { return .nameDamaged }
        if scalars.contains(where: Self.isVariant) { return .nameVariant }
        guard hasHan else { return isLatinName ? nil : .nameAnnotated }
        guard scalars.allSatisfy({ Self.isHan($0) || $0 == Self.separator || $0 == Self.space }) else {
            return .nameAnnotated
        }
        if scalars.contains(Self.space) { return .nameSpacesUnclear }
        let parts = scalars.split(separator: Self.separator, omittingEmptySubsequences: false)
        return parts.contains(where: \.isEmpty) ? .nameAnnotated : nil
    }

    private var isLatinName: Bool {
        let marks: Set<Unicode.Scalar> = [" ", "-", "'", "\u{2019}", ".", ",", Self.separator]
        guard let first = scalars.first, first.properties.isAlphabetic else { return false }
        return scalars.allSatisfy { $0.properties.isAlphabetic || marks.contains($0) }
    }

    /// Characters that stand for one that was lost.
    private static func isDamage(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3F, 0xFF1F, 0xFFFC, 0xFFFD, 0x25A0, 0x25A1, 0x3013: true
        default: scalar.properties.generalCategory == .privateUse || scalar.properties.generalCategory == .unassigned
        }
    }

    /// Forms that normalisation would change, so that the name typed anew would not be equal.
    private static func isVariant(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        // Twelve unified ideographs stand in the middle of the compatibility block.
        case 0xFA0E, 0xFA0F, 0xFA11, 0xFA13, 0xFA14, 0xFA1F, 0xFA21, 0xFA23, 0xFA24, 0xFA27...0xFA29: return false
        case 0x2E80...0x2FDF, 0xF900...0xFAFF, 0x2F800...0x2FA1F: return true
        default: break
        }
        return switch scalar.properties.generalCategory {
        case .nonspacingMark, .spacingMark, .enclosingMark: true
        default: false
        }
    }

    private static func isHan(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x3007, 0x3400...0x4DBF, 0x4E00...0x9FFF, 0xFA0E...0xFA29, 0x20000...0x3FFFD: true
        default: false
        }
    }
}
