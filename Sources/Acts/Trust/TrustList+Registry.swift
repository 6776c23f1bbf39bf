import Credential
import Trust

extension TrustList.Institution {
    package init(_ institution: Institution, filings: [Filing], keys: [TrustList.Key]) {
        let names = institution.names
        self.init(
            id: institution.id.text,
            names: names.indices.map { index in
                let end = index + 1 < names.count ? names[index + 1].from.adding(days: -1) : nil
                return TrustList.Name(
                    name: names[index].name, from: names[index].from.description, to: end?.description)
            }, keys: keys, filings: Self.merged(filings),
            phone: institution.phone.isEmpty ? nil : institution.phone,
            website: institution.website.isEmpty ? nil : institution.website)
    }

    /// Levels filed for the same days share a line.
    private static func merged(_ filings: [Filing]) -> [TrustList.Filing] {
        var merged: [TrustList.Filing] = []
        for filing in filings {
            let (from, to) = (filing.from.description, filing.to?.description)
            let match = merged.firstIndex {
                $0.occupation == filing.occupation.code && $0.name == filing.occupation.name && $0.from == from
                    && $0.to == to
            }
            if let match {
                merged[match].levels.append(filing.level.rawValue)
            } else {
                merged.append(
                    TrustList.Filing(
                        occupation: filing.occupation.code, name: filing.occupation.name,
                        levels: [filing.level.rawValue], from: from, to: to))
            }
        }
        return merged
    }
}

extension CalendarDate {
    fileprivate func adding(days: Int) -> CalendarDate { CalendarDate(daysSinceEpoch: daysSinceEpoch + days) }
}
