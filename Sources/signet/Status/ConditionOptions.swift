import ArgumentParser
import Credential
import HomeFolder
import Issuance

/// Which certificates are meant, beyond what is on record in columns.
struct ConditionOptions: ParsableArguments {
    @Option(help: "Examined in this session: a month such as 2026-06, or a day.") var session: ExamSession?
    @Option(
        help: ArgumentHelp(
            "With this defect by the registry as it is now: occupation-name or institution-name (another than is "
                + "registered), not-filed (on the award date).", valueName: "rule"))
    var defect: CertificateFilter.Defect?

    var isGiven: Bool { session != nil || defect != nil }

    /// Nil when every certificate of the query is meant.
    func filter(_ home: Home) throws -> CertificateFilter? {
        guard isGiven else { return nil }
        return try CertificateFilter(session: session?.days, defect: defect, dataKeys: home.dataKeys())
    }
}

extension CertificateFilter.Defect: ExpressibleByArgument {}

/// A day of examination, or all days of a month.
struct ExamSession: ExpressibleByArgument {
    let days: ClosedRange<CalendarDate>

    init?(argument: String) {
        if let day = CalendarDate(iso8601: argument) {
            days = day...day
            return
        }
        guard let first = CalendarDate(iso8601: argument + "-01"),
            // A month later, wherever that falls, back to its first day.
            let next = CalendarDate(iso8601: CalendarDate(daysSinceEpoch: first.daysSinceEpoch + 31).monthText + "-01")
        else { return nil }
        days = first...CalendarDate(daysSinceEpoch: next.daysSinceEpoch - 1)
    }
}

extension CalendarDate {
    fileprivate var monthText: String { String(description.prefix(7)) }
}
