import Credential

/// An institution of the sample region as its registry lists it.
package struct SampleInstitution: Hashable, Sendable {
    package let id: InstitutionID
    package let name: String
    /// Positions 1–13 of its certificate numbers.
    package let numberPrefix: String
    package let phone: String
    package let website: String

    init(profile: InstitutionProfile, serial: Int) {
        id = profile.id
        name = profile.name
        numberPrefix = "Y000037" + padded(serial, 6)
        // 0536-00… is assigned to nobody, and .example to nobody ever (RFC 2606).
        phone = "0536-00" + padded(serial, 5)
        website = "https://college-\(profile.id.text.suffix(5)).example"
    }
}

/// A major of one institution that the joint expert group found fit for an occupation or two.
package struct SampleMajor: Hashable, Sendable {
    package let institution: InstitutionID
    package let code: String
    package let name: String
    /// One or two, each filed by the institution.
    package let occupations: [Occupation]
    package let decided: CalendarDate
    /// What the verdict rests on (依据).
    package let basis: String
}

func padded(_ value: Int, _ width: Int) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.utf8.count)) + digits
}
