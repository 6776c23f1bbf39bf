import Credential
import Encodings
import Results
import Seal
import Signing
import Store

/// New links by which holders claim their certificates, shown once.
package struct HolderLinks: Sendable {
    /// How long they are good unless somebody says otherwise, and at most.
    package static let (days, mostDays) = (60, 365)

    private let links: [(version: SealedVersion, token: String)]
    private let expiresAt: Int

    /// - Parameter versions: the newest of each certificate.
    package init(to versions: [SealedVersion], lasting days: Int = days, at time: Int) throws {
        links = try versions.map { ($0, Base64URL.encode(try SecureRandom.bytes(16))) }
        expiresAt = time + days * 86_400
    }

    package var invitations: [ClaimInvitation] {
        get throws {
            try links.map { version, token in
                ClaimInvitation(
                    digest: try SHA256.digest(token.utf8), certificate: version.key.certificate, expiresAt: expiresAt)
            }
        }
    }

    package var until: String { UTCTime.text(expiresAt) }
    package var count: Int { links.count }

    /// CSV, for whoever hands them out.
    ///
    /// - Parameter host: of the verification page.
    package func table(host: String) throws -> [UInt8] {
        var writer = CSVWriter()
        writer.append(["证书编号", "姓名", "领取链接", "有效期至"])
        for (version, token) in links {
            let holder = try CertificateClaims(decoding: version.payload[...]).certificate.holderName
            writer.append([version.number.text, holder, "https://\(host)/h#\(token)", until])
        }
        return writer.take()
    }
}
