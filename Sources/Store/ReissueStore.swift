import Credential
import StatusList

package struct CampaignID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

/// An approved reissue of certificates under their numbers: each gets a version more, and the one before
/// is superseded. A correction is one of a single certificate.
package struct Campaign: Hashable, Sendable {
    package let id: CampaignID
    package let name: String
    /// Of the certificates and of what is changed in them.
    package let digest: [UInt8]
    package let cause: StatusReason
    /// What is changed in each, encrypted.
    package let changeBox: [UInt8]
    package let approval: Approval
    /// Seconds since 1970; nil while it may run.
    package let pausedAt: Int?
    package let completedAt: Int?

    package init(
        id: CampaignID, name: String, digest: [UInt8], cause: StatusReason, changeBox: [UInt8], approval: Approval,
        pausedAt: Int?, completedAt: Int?
    ) {
        self.id = id
        self.name = name
        self.digest = digest
        self.cause = cause
        self.changeBox = changeBox
        self.approval = approval
        self.pausedAt = pausedAt
        self.completedAt = completedAt
    }
}

/// How far a campaign has come, counted from what is durable.
package struct CampaignProgress: Hashable, Sendable {
    package let total: Int
    package let prepared: Int
    package let sealed: Int
    /// That were revoked or replaced by another since the approval.
    package let passedOver: Int

    package init(total: Int, prepared: Int, sealed: Int, passedOver: Int) {
        self.total = total
        self.prepared = prepared
        self.sealed = sealed
        self.passedOver = passedOver
    }
}

/// A correction of holder data: what the officer sees, and what takes effect with the new version's signature.
package struct Correction: Hashable, Sendable {
    /// The new version.
    package let key: VersionKey
    /// Before and after, encrypted.
    package let historyBox: [UInt8]
    /// The holder's pseudonym and private record from then on; nil when they stay.
    package let person: [UInt8]?
    package let privateBox: [UInt8]?
    /// Digest of what these take the place of; nil when they stay.
    package let recordBefore: [UInt8]?
    package let approval: Approval

    package init(
        key: VersionKey, historyBox: [UInt8], person: [UInt8]?, privateBox: [UInt8]?, recordBefore: [UInt8]?,
        approval: Approval
    ) {
        self.key = key
        self.historyBox = historyBox
        self.person = person
        self.privateBox = privateBox
        self.recordBefore = recordBefore
        self.approval = approval
    }
}

package protocol ReissueReading {
    /// Oldest first.
    func campaigns() throws -> [Campaign]
    func campaign(named name: String) throws -> Campaign?
    func progress(of campaign: CampaignID) throws -> CampaignProgress
    /// Versions that wait to be replaced, by certificate, after the given one.
    func waitingVersions(of campaign: CampaignID, after certificate: CertificateKey?, limit: Int) throws
        -> [VersionPayload]
    /// New versions that wait for their signature, by certificate.
    func unsignedReplacements(of campaign: CampaignID, limit: Int) throws -> [UnsignedVersion]
    /// Oldest first.
    func corrections(of certificate: CertificateKey) throws -> [Correction]
}

package protocol ReissueWriting: ReissueReading {
    /// A name that is taken is a conflict.
    func insertCampaign(
        name: String, digest: [UInt8], cause: StatusReason, changeBox: [UInt8], approval: Approval,
        replacing versions: [VersionKey]
    ) throws -> Campaign
    /// The exact bytes of new versions; a version that is there already is a conflict.
    func insert(_ replacements: [UnsignedVersion], of campaign: CampaignID) throws
    func passOver(_ certificates: [CertificateKey], in campaign: CampaignID) throws
    /// Nil lets it go on.
    func setPaused(_ campaign: CampaignID, at time: Int?) throws
    /// One that still waits for something is a conflict.
    func complete(_ campaign: CampaignID, at time: Int) throws
    func save(_ correction: Correction) throws
    /// What corrections changed beside the seals takes effect.
    func applyCorrections(of keys: [VersionKey]) throws
}
