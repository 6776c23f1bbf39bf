/// Permission of one institution (备案) to certify one occupation at one level, between two days.
///
/// Nothing is issued outside a filing.
package struct Filing: Hashable, Sendable {
    package var institution: InstitutionID
    package var occupation: Occupation
    package var level: SkillLevel
    package var from: CalendarDate
    /// The last day included; nil while no end is set.
    package var to: CalendarDate?

    package init(
        institution: InstitutionID, occupation: Occupation, level: SkillLevel, from: CalendarDate, to: CalendarDate?
    ) {
        self.institution = institution
        self.occupation = occupation
        self.level = level
        self.from = from
        self.to = to
    }
}
