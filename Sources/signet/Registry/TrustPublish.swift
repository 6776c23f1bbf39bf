import ArgumentParser
import Credential
import Signing
import Store
import StoreSQLite
import Trust

struct TrustPublish: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "publish", abstract: "Sign and publish the trust list: institutions, keys, filings.",
        discussion: """
            Raises the sequence and replaces trust/trust-list.jws, which a running server picks up by itself.

            Example:
              signet trust publish --days 90
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions

    @Option(help: "Days after which verifiers take the list for stale.")
    var days = 90

    func validate() throws {
        guard (1...3650).contains(days) else { throw ValidationError("--days must be between 1 and 3650") }
    }

    func run() async throws {
        let home = try home.open()
        let previous = try home.trustList()?.list
        let now = Clock.now()
        // The same second twice would give two lists that differ under one time.
        if let previous, previous.iat > now {
            throw CommandFailure(
                .configuration, "the published list is from the future; check this machine's clock")
        }
        let registry = try await home.openStore().read { store in
            try store.institutions().map { ($0, try store.filings(of: $0.id)) }
        }
        let keys = try KeyStore(home).entries()
        let list = TrustList(
            iss: home.config.authority, sequence: (previous?.sequence ?? 0) + 1, iat: now,
            nextUpdate: now + days * 86_400,
            institutions: registry.map { institution, filings in
                TrustList.Institution(
                    institution, filings: filings,
                    keys: Self.keys(of: institution.id, in: keys, previous: previous, now: now))
            })
        let root = try KeyFile.load(home.rootKeyPath, passphrase: passphrase.passphrase())
        let jws = try list.signed(by: root)
        // What cannot be read back is not published.
        _ = try VerifiedTrustList(jws: jws, root: home.rootPublicKey())
        try DurableFile.replace(Array((jws + "\n").utf8), at: home.trustListPath)
        let filingCount = registry.reduce(0) { $0 + $1.1.count }
        print(
            "Published trust list \(list.sequence): \(list.institutions.count) institutions, "
                + "\(list.institutions.reduce(0) { $0 + $1.keys.count }) keys, \(filingCount) filings, good for \(days) days."
        )
    }

    /// Keys keep what was published of them; new ones are in force from now on.
    private static func keys(
        of institution: InstitutionID, in entries: [KeyStore.Entry], previous: TrustList?, now: Int
    ) -> [TrustList.Key] {
        let published = previous?.institutions.first { $0.id == institution.text }?.keys ?? []
        let known = Set(published.map(\.kid))
        let added = entries.filter { $0.institution == institution && !known.contains($0.publicKey.kid.description) }
        return published + added.map { TrustList.Key($0.publicKey, from: now) }
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
