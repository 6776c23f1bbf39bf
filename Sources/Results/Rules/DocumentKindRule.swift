import Credential

/// results.md, 20: types of document by the names that registrars give them.
enum DocumentKindRule {
    private static let words: [String: IdentityDocument.Kind] = {
        let names: [(IdentityDocument.Kind, [String])] = [
            (
                .residentIDCard,
                ["居民身份证", "身份证", "二代身份证", "中国居民身份证", "中华人民共和国居民身份证", "residentidentitycard", "idcard", "id"]
            ),
            (
                .residencePermitHKMT,
                [
                    "港澳居民居住证", "台湾居民居住证", "港澳台居民居住证", "香港居民居住证", "澳门居民居住证", "港澳台居住证",
                    "residencepermit",
                ]
            ),
            (
                .foreignPermanentResidence,
                [
                    "外国人永久居留身份证", "外国人永久居留证", "永久居留身份证", "foreignpermanentresidenceidentitycard",
                    "foreignpermanentresidencecard", "permanentresidencecard",
                ]
            ),
            (.passport, ["护照", "外国护照", "中国护照", "passport"]),
        ]
        var words: [String: IdentityDocument.Kind] = [:]
        for (kind, aliases) in names {
            for alias in aliases { words[alias] = kind }
        }
        return words
    }()

    /// A blank means the ordinary card.
    ///
    /// - Returns: nil after a finding when the type is not known.
    static func read(_ cell: RawCell, _ findings: inout RowFindings) -> IdentityDocument.Kind? {
        if cell.isEmpty { return .residentIDCard }
        return cell.withText(.code) { text in
            if text.isEmpty { return .residentIDCard }
            if let kind = words[text.string.lowercased().filter { $0 != " " }] { return kind }
            findings.add(.documentKindUnknown, .documentKind, text)
            return nil
        }
    }
}
