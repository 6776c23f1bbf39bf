import Credential
import Seal
import Signing
import StatusList
import Store

/// Which certificates a reissue would replace, frozen by a digest that a person approves.
package struct ReissuePlan: Sendable {
    package let change: CertificateChange
    package private(set) var versions: [VersionKey] = []
    package private(set) var institutions: [InstitutionID: Int] = [:]
    /// Revoked or superseded: these have no way back.
    package private(set) var refused: [CertificateNumber] = []
    /// Suspended: their new versions stay so.
    package private(set) var suspended = 0
    private var content: [UInt8] = []

    package init(_ change: CertificateChange) { self.change = change }

    package mutating func add(_ version: SealedVersion, in store: any StoreReading) throws {
        let claims = try CertificateClaims(decoding: version.payload[...])
        let certificate = claims.certificate
        switch try StatusChange(of: claims, version.key, in: store)?.from ?? .valid {
        case .revoked, .superseded:
            refused.append(version.number)
            return
        case .suspended: suspended += 1
        case .valid: break
        }
        versions.append(version.key)
        institutions[certificate.institution, default: 0] += 1
        content += certificate.id.bytes + [UInt8(clamping: version.key.version)]
    }

    package var digest: [UInt8] {
        get throws { try SHA256.digest(Array("signet-reissue-1".utf8) + change.encoded() + [0] + content) }
    }
}
