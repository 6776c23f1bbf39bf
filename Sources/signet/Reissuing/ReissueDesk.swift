import Audit
import Credential
import Errors
import Installation
import Issuance
import Keyring
import Seal
import Signing
import Store
import StoreSQLite
import Trust

/// Runs campaigns of a home, and publishes the status lists that they change.
struct ReissueDesk {
    let home: Home
    let store: SQLiteStore
    let trust: VerifiedTrustList
    private var keys: InstitutionKeys
    private let status: StatusDesk

    init(_ home: Home, passphrase: PassphraseOptions) async throws {
        self.home = home
        store = try await home.openStoreToAct()
        trust = try home.requiredTrustList()
        keys = InstitutionKeys(home.keyring, trust: trust) { try passphrase.passphrase() }
        // Before anything is changed that could then not be published.
        status = try StatusDesk(home, store: store, passphrase: keys.secretOfKeys())
    }

    /// Those that the query means and whose conditions hold, or that have the numbers.
    func plan(
        _ change: CertificateChange, _ query: CertificateQuery?, _ conditions: ConditionOptions? = nil,
        numbers: [String]
    ) async throws -> ReissuePlan {
        if let query {
            return try await ReissuePlan.gathered(change, query, in: store.forIssuing) { [home] in
                try conditions?.filter(home)
            }
        }
        return try await store.read { store in
            var plan = ReissuePlan(change)
            var seen: Set<CertificateNumber> = []
            let numbers = try numbers.map(CertificateNumber.init(argument:)).filter { seen.insert($0).inserted }
            let versions = try store.newestVersions(numbered: numbers)
            if let missing = numbers.first(where: { versions[$0] == nil }) {
                throw Refusal(.refused, "no certificate has the number \(missing); nothing was changed")
            }
            try plan.add(numbers.compactMap { versions[$0] }, in: store)
            return plan
        }
    }

    /// Whose certificates wait to be replaced, or to be signed.
    func institutions(of campaign: Campaign) async throws -> Set<InstitutionID> {
        try await store.read { store in
            let unsigned = try store.unsignedReplacements(of: campaign.id, limit: Int(Int32.max))
            var institutions = Set(try unsigned.map { try Self.institution($0.payload) })
            var last: CertificateKey?
            while true {
                let page = try store.waitingVersions(of: campaign.id, after: last, limit: 2000)
                guard let end = page.last else { return institutions }
                for version in page { institutions.insert(try Self.institution(version.payload)) }
                last = end.key.certificate
            }
        }
    }

    private static func institution(_ payload: [UInt8]) throws -> InstitutionID {
        try CertificateClaims(decoding: payload[...]).certificate.institution
    }

    mutating func reissuer(for institutions: some Sequence<InstitutionID>) throws -> Reissuer {
        var (privateKeys, active): ([PrivateKey], [InstitutionID: PublicKey]) = ([], [:])
        for institution in institutions {
            privateKeys += try keys.keys(of: institution)
            active[institution] = try keys.activeKey(of: institution)
        }
        return Reissuer(
            store: store.forIssuing, keys: SigningKeys(privateKeys), activeKeys: active, dataKeys: try home.dataKeys(),
            trust: trust, status: home.statusTerms, now: Clock.now)
    }

    /// - Returns: false when it was paused.
    func run(_ campaign: Campaign, with reissuer: Reissuer) async throws -> Bool {
        var bar = ProgressBar("Reissuing")
        // Before anything is shown, so that what was shown is never forgotten.
        let isWhole = try await home.authority(of: store).carryOut(.reissue, by: Login.actor()) {
            defer { bar.clear() }
            return (try await reissuer.run(campaign, onProgress: { bar.update($0) }), Clock.now())
        }
        for list in try await status.publish(all: false) { print("  " + StatusDesk.line(list)) }
        return isWhole
    }
}
