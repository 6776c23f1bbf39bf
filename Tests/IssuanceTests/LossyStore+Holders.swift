import Credential
import Store

extension LossyStore.Transaction {
    func invitation(digest: [UInt8]) throws -> ClaimInvitation? { try base.invitation(digest: digest) }
    func holderAccess(of certificate: CertificateKey) throws -> HolderAccess? { try base.holderAccess(of: certificate) }
    func shareCodes(of certificate: CertificateKey) throws -> [ShareCode] { try base.shareCodes(of: certificate) }
    func shareCode(digest: [UInt8]) throws -> ShareCode? { try base.shareCode(digest: digest) }
    func save(_ invitation: ClaimInvitation) throws { try base.save(invitation) }
    func claim(_ invitation: [UInt8], as access: HolderAccess, at time: Int) throws {
        try base.claim(invitation, as: access, at: time)
    }
    func insert(_ code: ShareCode) throws { try base.insert(code) }
    func cancelShareCode(_ id: String, of certificate: CertificateKey, at time: Int) throws {
        try base.cancelShareCode(id, of: certificate, at: time)
    }
    func countOpening(of id: String) throws { try base.countOpening(of: id) }
}
