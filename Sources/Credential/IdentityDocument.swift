/// The document that says who a candidate is. Its number never leaves encryption at rest.
package struct IdentityDocument: Hashable, Sendable {
    package enum Kind: Int, Sendable, CaseIterable {
        case residentIDCard = 1
        case residencePermitHKMT = 2
        case foreignPermanentResidence = 3
        case passport = 4
    }

    package let kind: Kind
    package let number: String

    package init(kind: Kind, number: String) {
        self.kind = kind
        self.number = number
    }

    /// What keyed matching is computed over: the same person gives the same bytes.
    package var matchingBytes: [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(number.utf8.count + 2)
        bytes.append(contentsOf: String(kind.rawValue).utf8)
        bytes.append(UInt8(ascii: "|"))
        bytes.append(contentsOf: number.utf8)
        return bytes
    }

    /// First four and last two characters, the rest as `*`: enough for a holder to recognise.
    package var masked: String {
        let characters = Array(number)
        guard characters.count > 6 else { return String(repeating: "*", count: characters.count) }
        return String(characters.prefix(4)) + String(repeating: "*", count: characters.count - 6)
            + String(characters.suffix(2))
    }
}

extension IdentityDocument.Kind {
    /// As documents print it.
    package var printedName: String {
        switch self {
        case .residentIDCard: "居民身份证"
        case .residencePermitHKMT: "港澳台居民居住证"
        case .foreignPermanentResidence: "外国人永久居留身份证"
        case .passport: "护照"
        }
    }

    package var englishName: String {
        switch self {
        case .residentIDCard: "Resident Identity Card"
        case .residencePermitHKMT: "Residence Permit (HK, Macao, Taiwan)"
        case .foreignPermanentResidence: "Foreign Permanent Resident ID"
        case .passport: "Passport"
        }
    }
}
