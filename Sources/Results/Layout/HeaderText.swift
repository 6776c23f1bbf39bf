/// How headers are compared: without case, space, required marks, and full-width forms.
struct HeaderText: Hashable {
    let text: String

    init(_ raw: String) {
        var kept: [UInt8] = []
        for scalar in raw.lowercased().unicodeScalars {
            switch scalar.value {
            case 0...0x20, 0xA0, 0x200B...0x200F, 0x3000, 0xFEFF: continue
            case UInt32(UInt8(ascii: "*")), UInt32(UInt8(ascii: ":")), 0xFF0A, 0xFF1A: continue
            case UInt32(UInt8(ascii: "_")): continue
            case 0xFF01...0xFF5E: kept.append(UInt8(scalar.value - 0xFEE0))
            // Every scalar has an encoding in UTF-8, as surrogates are no scalars.
            default: kept.append(contentsOf: UTF8.encode(scalar)!)
            }
        }
        text = String(decoding: kept, as: UTF8.self).lowercased()
    }

    /// Without a unit or form in brackets at the end, such as `(百分制)`.
    var withoutBrackets: HeaderText? {
        guard text.hasSuffix(")"), let open = text.firstIndex(of: "("), open > text.startIndex else { return nil }
        return HeaderText(String(text[..<open]))
    }

    private static let fields: [HeaderText: Field] = {
        var fields: [HeaderText: Field] = [:]
        for field in Field.allCases {
            for alias in field.aliases { fields[HeaderText(alias)] = field }
        }
        return fields
    }()

    var field: Field? {
        Self.fields[self] ?? withoutBrackets.flatMap { Self.fields[$0] } ?? fieldInTwoLanguages
    }

    /// Of a header that says the same in Chinese and in English, such as `姓名 Name` or `姓名/Name`.
    private var fieldInTwoLanguages: Field? {
        let isLatin: (Unicode.Scalar) -> Bool = { $0.value < 0x2E80 && !"/()|".unicodeScalars.contains($0) }
        let scalars = text.unicodeScalars
        guard let first = scalars.first, let edge = scalars.firstIndex(where: { isLatin($0) != isLatin(first) }) else {
            return nil
        }
        // The edge between the languages, or the last one of those that a slash within 工种/职业方向 makes.
        let edges = [edge] + scalars.indices.filter { $0 > edge && isLatin(scalars[$0]) != isLatin(first) }.prefix(1)
        for edge in edges {
            let parts = [scalars[..<edge], scalars[edge...]].map { part in
                String(part).split { "/()|".contains($0) }.joined(separator: "/")
            }
            let fields = parts.compactMap {
                Self.fields[HeaderText($0)] ?? HeaderText($0).withoutBrackets.flatMap { Self.fields[$0] }
            }
            if fields.count == 2, fields[0] == fields[1] { return fields[0] }
        }
        return nil
    }
}

extension Field {
    /// By any of its headers; nil for one that is not known.
    package init?(header: String) {
        guard let field = HeaderText(header).field else { return nil }
        self = field
    }
}
