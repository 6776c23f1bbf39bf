import Credential
import Encodings
import Errors
import FoundationEssentials

/// What a correction or a reissue changes; what is nil stays as it is.
package struct CertificateChange: Codable, Hashable, Sendable {
    package var holderName: String?
    package var documentNumber: String?
    package var institutionName: String?
    package var occupationName: String?
    /// Empty for none.
    package var specialisation: String?
    /// `YYYY-MM-DD`.
    package var awardDate: String?

    package init() {}

    package var isEmpty: Bool { self == CertificateChange() }
    /// Whether it is about one person.
    package var isPersonal: Bool { holderName != nil || documentNumber != nil }

    func encoded() throws -> [UInt8] {
        try StableJSON.encode(self)
    }

    init(decoding bytes: [UInt8]) throws { self = try JSONDecoder().decode(CertificateChange.self, from: Data(bytes)) }

    /// The next version of a certificate.
    func next(after certificate: Certificate) throws(IssuanceError) -> Certificate {
        var next = certificate
        next.version += 1
        if let holderName { next.holderName = holderName }
        if let institutionName { next.institutionName = institutionName }
        if let occupationName { next.occupation = Occupation(code: next.occupation.code, name: occupationName) }
        if let specialisation { next.specialisation = specialisation.isEmpty ? nil : specialisation }
        if let awardDate {
            guard let day = CalendarDate(iso8601: awardDate) else {
                throw IssuanceError(
                    .changeRefused, zh: "\(awardDate) 不是日期，应如 2026-07-10",
                    en: "\(awardDate) is not a day such as 2026-07-10")
            }
            next.awardDate = day
        }
        return next
    }
}
