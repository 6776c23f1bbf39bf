import Audit
import Credential
import HomeFolder
import Issuance
import Keyring
import Publishing
import Seal
import Signing
import StatusList
import Store
import Trust

/// Gives the certificates of a campaign new versions, and publishes the status lists that this changes. Stopped or paused,
/// it goes on.
package struct RunCampaign {
    private let office: Office
    private let trust: VerifiedTrustList
    private var keys: InstitutionKeys
    /// Made before anything is changed that could then not be published.
    private let publish: PublishStatusLists

    package init(in office: Office, passphrase: @escaping @Sendable () throws -> Passphrase) throws {
        self.office = office
        trust = try office.home.requiredTrustList()
        keys = InstitutionKeys(office.home.keyring, trust: trust, passphrase: passphrase)
        publish = try PublishStatusLists(in: office, passphrase: keys.secretOfKeys())
    }

    package struct Outcome: Sendable {
        package let campaign: Campaign
        /// False when it was paused.
        package let isWhole: Bool
        package let progress: CampaignProgress
    }

    /// Approves exactly what a plan says, and runs it.
    package mutating func begin(
        _ plan: ReissuePlan, named name: String, cause: StatusReason, reason: String, by actor: Actor,
        onProgress: @escaping (IssuanceProgress) -> Void, onPublished: ([StatusPublisher.Published]) -> Void
    ) async throws -> Outcome {
        let reissuer = try reissuer(for: plan.institutions.keys)
        try await office.authority.requireSignature(.reissue, by: actor)
        let campaign = try await reissuer.approve(
            plan, name: name, cause: cause, approval: Approval(actor: actor.name, reason: reason, time: Clock.now()))
        return try await run(campaign, with: reissuer, by: actor, onProgress, onPublished)
    }

    /// A campaign is its name: what it does was approved when it began.
    package mutating func goOn(
        _ campaign: Campaign, by actor: Actor,
        onProgress: @escaping (IssuanceProgress) -> Void, onPublished: ([StatusPublisher.Published]) -> Void
    ) async throws -> Outcome {
        // No key is asked for but of those whose certificates it has.
        let institutions = try await institutions(of: campaign)
        try await office.perform(ResumeCampaign(campaign), by: actor)
        return try await run(campaign, with: reissuer(for: institutions), by: actor, onProgress, onPublished)
    }

    private func run(
        _ campaign: Campaign, with reissuer: Reissuer, by actor: Actor,
        _ onProgress: @escaping (IssuanceProgress) -> Void, _ onPublished: ([StatusPublisher.Published]) -> Void
    ) async throws -> Outcome {
        let isWhole = try await office.carryOut(.reissue, by: actor) {
            try await reissuer.run(campaign, onProgress: onProgress)
        }
        onPublished(try await publish(all: false, by: actor))
        return Outcome(
            campaign: campaign, isWhole: isWhole,
            progress: try await office.store.read { try $0.progress(of: campaign.id) })
    }

    /// Whose certificates wait to be replaced, or to be signed.
    private func institutions(of campaign: Campaign) async throws -> Set<InstitutionID> {
        try await office.store.read { store in
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

    private mutating func reissuer(for institutions: some Sequence<InstitutionID>) throws -> Reissuer {
        var (privateKeys, active): ([PrivateKey], [InstitutionID: PublicKey]) = ([], [:])
        for institution in institutions {
            privateKeys += try keys.keys(of: institution)
            active[institution] = try keys.activeKey(of: institution)
        }
        return Reissuer(
            store: office.store.forIssuing, keys: SigningKeys(privateKeys), activeKeys: active,
            dataKeys: try office.home.dataKeys(), trust: trust, status: office.home.statusTerms, now: Clock.now)
    }
}
