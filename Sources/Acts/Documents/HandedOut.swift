import Credential
import Errors
import HomeFolder
import Keyring
import Lookup
import PersonalData
import Seal
import Signing
import Store

/// A certificate as the papers for handing out name it.
package struct HandedOut: Sendable {
    package let certificate: Certificate
    package let record: PrivateRecord
    package let seal: [UInt8]
}

extension Office {
    /// The newest versions of batches' certificates, in the order of their sheets.
    package func handedOut(of batches: [Batch]) async throws -> [HandedOut] {
        let protector = try IdentityProtector(home.dataKeys())
        let keys = Dictionary(try home.keyring.entries().map { ($0.publicKey.kid, $0.publicKey) }) { first, _ in first
        }
        var certificates: [HandedOut] = []
        for batch in batches {
            let id = batch.id
            let versions = try await store.read { try $0.newestSealedVersions(of: id, after: nil, limit: .max) }
            for version in versions {
                let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
                guard let key = KeyID(bytes: version.keyID).flatMap({ keys[$0] }) else {
                    throw Refusal(
                        .configuration, zh: "keys/ 中缺少证书 \(version.number) 的公钥",
                        en: "the public key of certificate \(version.number) is missing from keys/")
                }
                certificates.append(
                    HandedOut(
                        certificate: certificate, record: try protector.open(version.privateBox, for: certificate.id),
                        seal: version.seal(key: key))
                )
            }
        }
        return certificates
    }
}
