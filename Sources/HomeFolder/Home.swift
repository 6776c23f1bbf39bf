import Audit
import AuditLog
import Credential
import Errors
import Files
import FoundationEssentials
import Glibc
import Issuance
import Keyring
import PersonalData
import Signing
import Store
import Trust

/// The folder in which an authority and its institutions keep everything.
///
///     config.json            what this installation is called
///     signet.sqlite          institutions, filings, batches, certificates
///     data.keys              guards identity numbers; keep its backup apart from the database's
///     keys/root.key          signs the trust list (encrypted)
///     keys/root.pub.pem      what verifiers pin
///     keys/ID-KID.key        an institution's signing key (encrypted), with ID-KID.pub.pem
///     keys/status.key        signs status lists (encrypted), with status.pub.pem; status.next.* while it is replaced
///     keys/receipt.key       signs verification receipts, likewise
///     trust/trust-list.jws   as published
///     trust/recorded/KID     what a compromised key had signed before (docs/formats/trust-list.md)
///     status/                status lists as published
///     audit/                 what signs and keeps the ends of the audit trail (see CheckpointFolder)
///     signer/roster.json     approvers' public keys, and whether acts need their signatures
///     signer.sock            where a signer that runs on this machine is poked and unlocked
///     issued/                lists of issued certificates and findings
package struct Home: Sendable {
    package let path: String
    package let config: HomeConfig
    private let pin: @Sendable () throws -> Passphrase

    package var databasePath: String { path + "/signet.sqlite" }
    package var dataKeysPath: String { path + "/data.keys" }
    package var keysPath: String { path + "/keys" }
    package var rootKeyPath: String { keysPath + "/root.key" }
    package var rootPublicKeyPath: String { keysPath + "/root.pub.pem" }
    package var trustListPath: String { path + "/trust/trust-list.jws" }
    package var statusPath: String { path + "/status" }
    package var statusTerms: StatusTerms { StatusTerms(host: config.host) }
    /// Where whoever signs keeps what no front may change.
    package var signerPath: String { path + "/signer" }
    package var rosterPath: String { signerPath + "/roster.json" }
    package var signerSocketPath: String { path + "/signer.sock" }
    package var issuedPath: String { path + "/issued" }

    /// - Parameter pin: asks for that of a hardware module.
    package init(path: String, pin: @escaping @Sendable () throws -> Passphrase) throws {
        (self.path, self.pin) = (path, pin)
        guard access(path + "/config.json", F_OK) == 0 else {
            throw Refusal(
                .configuration, zh: "\(path) 不是 Signet 目录；请新建一个，或用 --home 指定另一个",
                en: "\(path) is not a Signet home; make one, or name another with --home", remedy: .createHome)
        }
        config = try HomeConfig(path: path + "/config.json")
    }

    package var keyring: Keyring { Keyring(folder: keysPath, pin: pin) }
    package func publicKeys() throws -> PublicKeys { try PublicKeys(folder: keysPath) }
    package var checkpoints: CheckpointFolder { CheckpointFolder(path + "/audit") }

    package func trail(of store: any AuditStore) -> AuditTrail { AuditTrail(store: store, folder: checkpoints) }

    /// What is served, for the audit trail to compare.
    package var publishedFiles: PublishedFiles {
        PublishedFiles(trustListPath: trustListPath, statusFolder: statusPath)
    }

    package func dataKeys() throws -> DataKeys {
        guard let keys = DataKeys(bytes: try SecretFile.read(dataKeysPath)) else {
            throw Refusal(
                .configuration, zh: "\(dataKeysPath) 已损坏；请从备份中恢复",
                en: "\(dataKeysPath) is damaged; restore it from its backup")
        }
        return keys
    }

    package func rootPublicKey() throws -> PublicKey { try PublicKey.load(rootPublicKeyPath) }

    /// Nil while nothing was published.
    package func trustList() throws -> VerifiedTrustList? {
        guard access(trustListPath, F_OK) == 0 else { return nil }
        let jws = String(decoding: try DurableFile.read(trustListPath), as: UTF8.self)
        return try RecordedFolder(besideTrustList: trustListPath).completed(
            VerifiedTrustList(jws: jws, root: rootPublicKey()))
    }

    package func requiredTrustList() throws -> VerifiedTrustList {
        guard let list = try trustList() else {
            throw Refusal(.configuration, zh: "还没有公布信任列表", en: "no trust list is published yet", remedy: .publishTrust)
        }
        let published = try checkpoints.newest()?.marks[Marks.trustList] ?? 0
        guard list.list.sequence >= published else {
            throw Refusal(
                .configuration,
                zh: "\(trustListPath) 是第 \(list.list.sequence) 号信任列表，但已公布过第 \(published) 号：请放入那一份，或者重新公布",
                en:
                    "\(trustListPath) is trust list \(list.list.sequence), but \(published) was published: put that there, or "
                    + "publish a new one", remedy: .publishTrust)
        }
        return list
    }
}
