import Credential

/// An act on statuses in its place among all of them.
package struct NumberedStatusAct: Hashable, Sendable {
    /// Later acts have higher numbers.
    package let number: Int64
    package let act: StatusAct

    package init(number: Int64, act: StatusAct) {
        self.number = number
        self.act = act
    }
}

/// A certificate as it was prepared, but for what corrections changed of its holder since.
package struct AuditedCertificate: Hashable, Sendable {
    /// Of its first version.
    package let key: VersionKey
    package let content: NewCertificate

    package var batch: BatchID { key.certificate.batch }

    package init(key: VersionKey, content: NewCertificate) {
        self.key = key
        self.content = content
    }
}

/// Everything that the audit trail speaks of, in orders that do not depend on who asks.
package protocol AuditedReading {
    /// The payload of each version, signed or not, by certificate and version.
    func forEachVersion(_ body: (VersionKey, [UInt8]) throws -> Void) throws
    /// By certificate.
    func forEachCertificate(_ body: (AuditedCertificate) throws -> Void) throws
    /// Each version that is signed, with its signature.
    func forEachSeal(_ body: (UnsignedVersion, [UInt8]) throws -> Void) throws
    /// That took effect, by certificate and version.
    func appliedCorrections() throws -> [Correction]
    /// The versions that a campaign replaces, by certificate.
    func members(of campaign: CampaignID) throws -> [VersionKey]
    /// What a campaign prepared, by certificate, with the corrections that came with it.
    func forEachReplacement(of campaign: CampaignID, _ body: (UnsignedVersion, Correction?) throws -> Void) throws
    /// Versions after the first, and corrections, whoever made them.
    func replacementCounts() throws -> (versions: Int, corrections: Int)
    /// Oldest first.
    func statusActs() throws -> [NumberedStatusAct]
    /// Each change with the version's payload and the act's number, by certificate, version and act.
    func forEachStatusChange(_ body: (VersionKey, [UInt8], Int64) throws -> Void) throws
}
