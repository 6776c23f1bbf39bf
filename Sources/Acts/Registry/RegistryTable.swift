import Errors
import Store

/// One table that is to be brought in, each line of it checked.
package struct RegistryTable: Sendable {
    package let kind: RegistryKind
    package let rows: [RegistryRow]
    let entries: [RegistryEntry]

    /// Refuses two lines of one key that differ.
    package init(_ kind: RegistryKind, _ rows: [RegistryRow]) throws {
        (self.kind, self.rows) = (kind, rows)
        var known: [String: (entry: RegistryEntry, place: BilingualText)] = [:]
        var entries: [RegistryEntry] = []
        for row in rows {
            let entry = try kind.entry(row)
            guard let other = known.updateValue((entry, row.place), forKey: entry.key) else {
                entries.append(entry)
                continue
            }
            guard other.entry == entry else {
                throw Refusal(
                    .refused, zh: "\(row.place.zh)与\(other.place.zh)矛盾；请保留正确的一条；没有导入任何内容",
                    en: "\(row.place.en) contradicts \(other.place.en); keep the right one; nothing was imported")
            }
        }
        self.entries = entries
    }
}
