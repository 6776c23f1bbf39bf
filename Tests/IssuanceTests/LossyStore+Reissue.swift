import Credential
import StatusList
import Store

extension LossyStore.Transaction {
    func campaigns() throws -> [Campaign] { try base.campaigns() }
    func campaign(named name: String) throws -> Campaign? { try base.campaign(named: name) }
    func progress(of campaign: CampaignID) throws -> CampaignProgress { try base.progress(of: campaign) }
    func waitingVersions(of campaign: CampaignID, after certificate: CertificateKey?, limit: Int) throws
        -> [VersionPayload]
    {
        try base.waitingVersions(of: campaign, after: certificate, limit: limit)
    }
    func unsignedReplacements(of campaign: CampaignID, limit: Int) throws -> [UnsignedVersion] {
        try base.unsignedReplacements(of: campaign, limit: limit)
    }
    func sealedVersion(_ key: VersionKey) throws -> SealedVersion? { try base.sealedVersion(key) }
    func corrections(of certificate: CertificateKey) throws -> [Correction] { try base.corrections(of: certificate) }
    func insertCampaign(
        name: String, digest: [UInt8], cause: StatusReason, changeBox: [UInt8], approval: Approval,
        replacing versions: [VersionKey]
    ) throws -> Campaign {
        try base.insertCampaign(
            name: name, digest: digest, cause: cause, changeBox: changeBox, approval: approval, replacing: versions)
    }
    func insert(_ replacements: [UnsignedVersion], of campaign: CampaignID) throws {
        try base.insert(replacements, of: campaign)
    }
    func passOver(_ certificates: [CertificateKey], in campaign: CampaignID) throws {
        try base.passOver(certificates, in: campaign)
    }
    func setPaused(_ campaign: CampaignID, at time: Int?) throws { try base.setPaused(campaign, at: time) }
    func complete(_ campaign: CampaignID, at time: Int) throws { try base.complete(campaign, at: time) }
    func save(_ correction: Correction) throws { try base.save(correction) }
    func applyCorrection(of key: VersionKey) throws { try base.applyCorrection(of: key) }
}
