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

    package mutating func add(_ versions: [SealedVersion], in store: any StatusReading) throws {
        let claims = try versions.map { try CertificateClaims(decoding: $0.payload[...]) }
        let changes = try store.changes(of: zip(versions, claims).map { ($0.key, $1) })
        for (version, claims) in zip(versions, claims) {
            add(version, claims.certificate, changes[version.key]?.from ?? .valid)
        }
    }

    private mutating func add(_ version: SealedVersion, _ certificate: Certificate, _ status: CertificateStatus) {
        switch status {
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

    private mutating func append(_ part: ReissuePlan) {
        versions += part.versions
        institutions.merge(part.institutions, uniquingKeysWith: +)
        refused += part.refused
        suspended += part.suspended
        content += part.content
    }

    /// Of those that a query means and a filter includes. While one page is looked at, the next is read.
    ///
    /// - Parameter filter: makes one for each page; nil includes all.
    package static func gathered(
        _ change: CertificateChange, _ query: CertificateQuery, in store: any IssuingStore,
        filter: @escaping @Sendable () throws -> CertificateFilter? = { nil }
    ) async throws -> ReissuePlan {
        @Sendable func page(after last: CertificateKey?) async throws -> [SealedVersion] {
            try await store.read { try $0.newestVersions(query, after: last, limit: 2000) }
        }
        var plan = ReissuePlan(change)
        var versions = try await page(after: nil)
        while let end = versions.last {
            let current = versions
            async let following = page(after: end.key.certificate)
            let part = try await store.read { store in
                var (part, filter) = (ReissuePlan(change), try filter())
                try part.add(current.filter { try filter?.includes($0, in: store) ?? true }, in: store)
                return part
            }
            plan.append(part)
            versions = try await following
        }
        return plan
    }

    package var digest: [UInt8] {
        get throws { try SHA256.digest(Array("signet-reissue-1".utf8) + change.encoded() + [0] + content) }
    }
}
