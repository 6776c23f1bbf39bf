import ArgumentParser
import Credential
import Errors
import Signing
import Store

/// Which certificates a campaign is about: a query, or numbers.
struct SelectionOptions: ParsableArguments {
    @Option(help: "Of this institution.") var institution: String?
    @Option(help: "Of this batch, by its number.") var batch: Int64?
    @Option(help: "Of this occupation, by its code.") var occupation: String?
    @Option(help: "Of this level, such as 3.") var level: Int?
    @Option(help: "Signed with this key, by its kid.") var key: String?
    @Option(help: "Awarded on this day or later.") var awardedFrom: String?
    @Option(help: "Awarded on this day or earlier.") var awardedTo: String?
    @Option(help: ArgumentHelp("CSV or XLSX with the numbers, in a column 证书编号 or the first.", valueName: "file"))
    var list: String?
    @Option(help: "One certificate's number; may be repeated.") var number: [String] = []

    @OptionGroup var conditions: ConditionOptions

    private var hasQuery: Bool {
        conditions.isGiven || institution != nil || batch != nil || occupation != nil || level != nil || key != nil
            || awardedFrom != nil || awardedTo != nil
    }

    func validate() throws {
        guard hasQuery != (list != nil || !number.isEmpty) else {
            throw ValidationError("say which certificates: by attributes, or by --number or --list")
        }
    }

    /// Nil when numbers are given.
    func query() throws -> CertificateQuery? {
        guard hasQuery else { return nil }
        func day(_ text: String?, _ other: Int) throws -> Int {
            guard let text else { return other }
            guard let day = CalendarDate(iso8601: text) else {
                throw Refusal(.usage, "\(text) is not a day such as 2026-07-10")
            }
            return day.daysSinceEpoch
        }
        let days = (try day(awardedFrom, -1_000_000), try day(awardedTo, 10_000_000))
        guard days.0 <= days.1 else { throw Refusal(.usage, "--awarded-from lies after --awarded-to") }
        let kid = key.flatMap { KeyID(hex: $0) }
        guard key == nil || kid != nil else {
            throw Refusal(.usage, "--key is not a kid of 16 hexadecimal digits")
        }
        return CertificateQuery(
            institution: institution, batch: batch.map(BatchID.init), occupationCode: occupation,
            level: level, awardDays: awardedFrom == nil && awardedTo == nil ? nil : days.0...days.1, keyID: kid?.bytes)
    }

    func numbers() throws -> [String] {
        guard let list else { return number }
        return number + (try NumberList.read(list))
    }
}
