import Credential

/// What the expert group decided about a major and an occupation.
package struct MajorVerdict: Hashable, Sendable {
    /// Nil when it holds for all institutions.
    package let institution: InstitutionID?
    package let major: String
    package let occupationCode: String
    package let isApproved: Bool
    package let from: CalendarDate
    package let to: CalendarDate?
    /// What the verdict rests on (依据).
    package let basis: String

    package init(
        institution: InstitutionID?, major: String, occupationCode: String, isApproved: Bool, from: CalendarDate,
        to: CalendarDate?, basis: String
    ) {
        self.institution = institution
        self.major = major
        self.occupationCode = occupationCode
        self.isApproved = isApproved
        self.from = from
        self.to = to
        self.basis = basis
    }
}

/// results.md, 47: which majors may be examined in which occupations, as of a day.
package struct EligibilityMatrix: Sendable {
    package enum Answer: Hashable, Sendable {
        case approved
        case notApproved
        /// Nothing was ever decided for this institution, so nothing is asked of its rows.
        case notKept
        case majorMissing
    }

    private struct Key: Hashable {
        let major: WrittenName
        let occupationCode: String
    }

    private var verdicts: [InstitutionID?: [Key: [MajorVerdict]]] = [:]

    package init(_ verdicts: [MajorVerdict] = []) {
        for verdict in verdicts {
            let key = Key(major: WrittenName(verdict.major), occupationCode: verdict.occupationCode)
            self.verdicts[verdict.institution, default: [:]][key, default: []].append(verdict)
        }
    }

    package func find(
        _ institution: InstitutionID, major: String, occupationCode: String, on day: CalendarDate
    ) -> Answer {
        let (own, general) = (verdicts[institution], verdicts[nil])
        if own == nil, general == nil { return .notKept }
        if major.isEmpty { return .majorMissing }
        let key = Key(major: WrittenName(major), occupationCode: occupationCode)
        // An institution's own verdict outweighs the general one, a later one an earlier.
        for table in [own, general] {
            let known = table?[key]?.filter { $0.from <= day }.max { $0.from < $1.from }
            if let known { return known.isApproved && known.to.map { day <= $0 } ?? true ? .approved : .notApproved }
        }
        return .notApproved
    }

    /// The occupations that a major leads to on a day.
    package func occupations(_ institution: InstitutionID, major: String, on day: CalendarDate) -> [String] {
        let name = WrittenName(major)
        let codes = [institution, nil].flatMap { verdicts[$0].map { Array($0.keys) } ?? [] }
            .filter { $0.major == name }.map(\.occupationCode)
        return Set(codes).filter { find(institution, major: major, occupationCode: $0, on: day) == .approved }.sorted()
    }
}
