import Credential

/// Marks of an earlier attempt at the same occupation and level, of which passed parts may be kept (31).
package struct EarlierAttempt: Hashable, Sendable {
    package let examDate: CalendarDate
    package let theory: Score?
    package let skill: Score?
    package let review: Score?

    package init(examDate: CalendarDate, theory: Score?, skill: Score?, review: Score?) {
        self.examDate = examDate
        self.theory = theory
        self.skill = skill
        self.review = review
    }
}

extension PassRule {
    /// The best of the present mark and of earlier ones that passed.
    func better(_ present: Score?, _ earlier: [Score?], minimum: Score) -> Score? {
        (earlier.compactMap { $0 }.filter { $0 >= minimum } + [present].compactMap { $0 }).max()
    }
}

extension CalendarDate {
    /// The same day of another month, or its last day where it has none.
    func adding(months: Int) -> CalendarDate {
        let (year, month, day) = components
        let index = year * 12 + month - 1 + months
        for day in [day, 30, 29, 28] {
            let (year, month) = (index >= 0 ? index / 12 : 0, (index % 12 + 12) % 12 + 1)
            if let date = CalendarDate(year: year, month: month, day: day) { return date }
        }
        return self
    }
}
