import AuditLog
import Store

extension LossyStore.Transaction {
    func lastAuditEntry() throws -> AuditEntry? { try base.lastAuditEntry() }
    func auditEntries(after sequence: Int, limit: Int) throws -> [AuditEntry] {
        try base.auditEntries(after: sequence, limit: limit)
    }
    func serialMarks() throws -> [String: Int] { try base.serialMarks() }
    func append(_ act: AuditAct) throws -> AuditEntry { try base.append(act) }
    func append(_ act: AuditAct, resumingAfter checkpoint: AuditCheckpoint) throws {
        try base.append(act, resumingAfter: checkpoint)
    }
    func trustList(sequence: Int?) throws -> String? { try base.trustList(sequence: sequence) }
    func lastTrustListSequence() throws -> Int { try base.lastTrustListSequence() }
    func saveTrustList(_ jws: String, sequence: Int) throws { try base.saveTrustList(jws, sequence: sequence) }

    func forEachVersion(_ body: (VersionKey, [UInt8]) throws -> Void) throws {
        try base.forEachVersion(body)
    }
    func forEachCertificate(_ body: (AuditedCertificate) throws -> Void) throws { try base.forEachCertificate(body) }
    func forEachSeal(_ body: (UnsignedVersion, [UInt8]) throws -> Void) throws { try base.forEachSeal(body) }
    func appliedCorrections() throws -> [Correction] { try base.appliedCorrections() }
    func members(of campaign: CampaignID) throws -> [VersionKey] { try base.members(of: campaign) }
    func forEachReplacement(of campaign: CampaignID, _ body: (UnsignedVersion, Correction?) throws -> Void) throws {
        try base.forEachReplacement(of: campaign, body)
    }
    func replacementCounts() throws -> (versions: Int, corrections: Int) { try base.replacementCounts() }
    func statusActs() throws -> [NumberedStatusAct] { try base.statusActs() }
    func forEachStatusChange(_ body: (VersionKey, [UInt8], Int64) throws -> Void) throws {
        try base.forEachStatusChange(body)
    }
}
