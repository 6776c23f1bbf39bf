import Credential
import Encodings
import Errors
import Files
import FoundationEssentials
import Glibc
import Store

extension Roster {
    private struct Raw: Codable {
        var approvals: String
        var approverKeys: String
        var origin: String?
        var approvers: [RawApprover]
    }

    /// An empty one where there is no file yet.
    package init(file path: String) throws {
        guard access(path, F_OK) == 0 else { return }
        let bytes = try SecretFile.read(path)
        guard let raw = try? JSONDecoder().decode(Raw.self, from: Data(bytes)),
            let approvals = Approvals(rawValue: raw.approvals),
            let approverKeys = ApproverKeys(rawValue: raw.approverKeys)
        else { throw Self.damaged(path) }
        (self.approvals, self.approverKeys, origin) = (approvals, approverKeys, raw.origin)
        approvers = try raw.approvers.map { entry in
            guard let approver = Approver(entry) else { throw Self.damaged(path) }
            return approver
        }
    }

    /// Whether what is approved needs a signature. Who may not look into the signer's folder is to believe so.
    package static func areApprovalsSigned(at path: String) throws -> Bool {
        let folder = path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
        if access(folder, F_OK) == 0, access(folder, R_OK | X_OK) != 0 { return true }
        return try Roster(file: path).approvals == .signed
    }

    package func save(to path: String) throws {
        let raw = Raw(
            approvals: approvals.rawValue, approverKeys: approverKeys.rawValue, origin: origin,
            approvers: approvers.map { RawApprover($0) })
        try DurableFile.replace(try StableJSON.encode(raw) + [0x0A], at: path, mode: 0o600)
    }

    private static func damaged(_ path: String) -> Refusal {
        Refusal(.damaged, zh: "\(path) 已损坏；请从备份恢复", en: "\(path) is damaged; restore it from a backup")
    }
}

private struct RawApprover: Codable {
    var account, credential, kind, key: String
    var counter: UInt32?
    var isBackupEligible: Bool?
    var institutions: [String]?
    var from: Int
    var until, endedAt: Int?

    init(_ approver: Approver) {
        (account, credential) = (approver.account.description, Hex.encode(approver.credential))
        (kind, key) = (approver.isPasskey ? "passkey" : "file", Hex.encode(approver.publicKeyBytes))
        institutions = approver.institutions?.map(\.text)
        (from, until, endedAt) = (approver.from, approver.until, approver.endedAt)
        if case .passkey(_, let counter, let isBackupEligible) = approver.key {
            (self.counter, self.isBackupEligible) = (counter, isBackupEligible)
        }
    }
}

extension Approver {
    fileprivate init?(_ raw: RawApprover) {
        guard let account = AccountID(hex: raw.account), let credential = Hex.decode(raw.credential),
            let bytes = Hex.decode(raw.key)
        else { return nil }
        let key: Key
        switch (raw.kind, raw.counter, raw.isBackupEligible) {
        case ("passkey", let counter?, let isBackupEligible?):
            key = .passkey(cose: bytes, counter: counter, isBackupEligible: isBackupEligible)
        case ("file", nil, nil): key = .file(spki: bytes)
        default: return nil
        }
        self.init(
            account: account, credential: credential, key: key,
            institutions: raw.institutions?.map { InstitutionID($0) }, from: raw.from, until: raw.until,
            endedAt: raw.endedAt)
    }
}
