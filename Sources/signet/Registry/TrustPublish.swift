import ArgumentParser
import Audit
import Credential
import Installation
import Signing
import Store
import Trust

struct TrustPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Sign and publish the trust list: institutions, keys, filings.",
        discussion: """
            Raises the sequence and replaces trust/trust-list.jws, which a running server picks up by itself. Publish again \
            before its days are over: past them verifiers answer "could not check".

            Example:
              signet trust publish
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Option(help: "Days after which verifiers take the list for stale.")
    var days = TrustPublisher.usualDays
    @Option(help: "Who publishes; the login name by default.") var actor: String?
    @Option(help: "Why, for the record.") var reason = ""

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days must be between 1 and 3650") }
    }

    func run() async throws {
        let home = try home.open()
        let publisher = TrustPublisher(
            home: home, store: try await home.openStoreToAct().forAdministration, days: days,
            actor: actor ?? Login.name, reason: reason)
        let list = try await publisher.publish(passphrase: passphrase.passphrase())
        let filingCount = list.institutions.reduce(0) { $0 + $1.filings.reduce(0) { $0 + $1.levels.count } }
        print(
            "Published trust list \(list.sequence): \(list.institutions.count) institutions, "
                + "\(list.institutions.reduce(0) { $0 + $1.keys.count }) keys, \(filingCount) filings, good for \(days) days."
        )
    }
}

extension TrustList.Institution {
    init(_ institution: Institution, filings: [Filing], keys: [TrustList.Key]) {
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
