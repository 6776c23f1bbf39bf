import Acts
import ArgumentParser
import Credential
import Errors
import HomeFolder
import Signing
import Store

/// Which certificates are meant, by what is on record of them.
struct QueryOptions: ParsableArguments {
    @Option(help: "All of this institution.") var institution: String?
    @Option(help: "All of this batch, by its number.") var batch: Int64?
    @Option(help: "All of this occupation, by its code.") var occupation: String?
    @Option(help: "All of this level, such as 3.") var level: Int?
    @Option(help: "All awarded on this day or later.") var awardedFrom: String?
    @Option(help: "All awarded on this day or earlier.") var awardedTo: String?
    @Option(help: "All signed with this key, by its kid.") var key: String?
    @OptionGroup var conditions: ConditionOptions

    var isGiven: Bool {
        conditions.isGiven || batch != nil || level != nil
            || [institution, occupation, awardedFrom, awardedTo, key].contains { $0 != nil }
    }

    func selection(_ home: Home) throws -> CertificateSelection {
        let conditions = conditions
        return .query(try query(), filter: { try conditions.filter(home) })
    }

    private func query() throws -> CertificateQuery {
        let first = try Self.day(awardedFrom, "--awarded-from")
        let last = try Self.day(awardedTo, "--awarded-to")
        guard first ?? .min <= last ?? .max else {
            throw Refusal(.usage, zh: "--awarded-from 晚于 --awarded-to", en: "--awarded-from lies after --awarded-to")
        }
        let keyID = try key.map { text in
            guard let kid = KeyID(hex: text) else {
                throw Refusal(
                    .usage, zh: "--key \(text) 不是由 16 位十六进制数字组成的 kid",
                    en: "--key \(text) is not a kid of 16 hexadecimal digits")
            }
            return kid.bytes
        }
        return CertificateQuery(
            institution: institution, batch: batch.map(BatchID.init), occupationCode: occupation, level: level,
            awardDays: first == nil && last == nil ? nil : (first ?? -1_000_000)...(last ?? 10_000_000), keyID: keyID)
    }

    private static func day(_ text: String?, _ option: String) throws -> Int? {
        guard let text else { return nil }
        guard let day = CalendarDate(iso8601: text) else {
            throw Refusal(
                .usage, zh: "\(option) \(text) 不是日期，应如 2026-07-10",
                en: "\(option) \(text) is not a day such as 2026-07-10")
        }
        return day.daysSinceEpoch
    }
}
