import Credential
import Seal
import Signing
import Trust

/// What a verifier asks of a seal's claims once its signature is right. Who is about to sign asks the same of the claims
/// beforehand, so that nothing is signed that would then be refused.
package struct ClaimsChecks: Sendable {
    private let list: VerifiedTrustList
    private let now: Int

    /// How far a signer's clock may run ahead of ours, in seconds.
    private static let clockSkew = 300

    /// - Parameter now: seconds since 1970.
    package init(_ list: VerifiedTrustList, now: Int) { (self.list, self.now) = (list, now) }

    func issuer(_ claims: CertificateClaims, _ record: VerifiedTrustList.KeyRecord) -> Check.Result {
        guard claims.certificate.institution == record.institution else { return .fail(.issuerMismatch) }
        guard claims.issuedAt >= record.from, record.to.map({ claims.issuedAt < $0 }) ?? true else {
            return .fail(.keyNotInForce)
        }
        return .pass
    }

    func scope(_ certificate: Certificate, _ record: VerifiedTrustList.KeyRecord) -> Check.Result {
        list.isFiled(
            record, occupationCode: certificate.occupation.code, level: certificate.level, on: certificate.awardDate)
            ? .pass : .fail(.notFiled)
    }

    /// - Parameter newestList: when the newest list at hand was signed: it is later than that now.
    func dates(_ claims: CertificateClaims, _ newestList: Int = .min) -> Check.Result {
        guard newestList <= now + Self.clockSkew else {
            return newestList >= claims.expiresAt ?? .max ? .fail(.expired) : .unknown(.clockBehind)
        }
        if let expiresAt = claims.expiresAt, now >= expiresAt { return .fail(.expired) }
        // An award day may begin up to a day before it does in UTC; a seal that begins later may name a later one.
        let lastAwardDay = max(claims.issuedAt, claims.notBefore ?? claims.issuedAt) / 86_400 + 1
        guard claims.issuedAt <= now + Self.clockSkew,
            claims.certificate.awardDate.daysSinceEpoch <= lastAwardDay
        else { return .fail(.datesContradict) }
        if let notBefore = claims.notBefore, now < notBefore { return .unknown(.notYetValid) }
        return .pass
    }

    /// The first check that claims about to be signed would not pass. That they begin later is no refusal.
    package func refusal(of claims: CertificateClaims, signedBy kid: KeyID) -> Check? {
        guard let record = list.key(kid) else { return Check(name: .signature, result: .fail(.unknownKey)) }
        let isStale = now > list.list.nextUpdate
        let isCompromised = record.state == .compromised
        return [
            Check(name: .signature, result: isDecodable(claims) ? .pass : .fail(.malformedSeal)),
            Check(name: .signature, result: isStale ? .unknown(.trustListStale) : .pass),
            Check(name: .issuer, result: isCompromised ? .fail(.keyCompromised) : issuer(claims, record)),
            Check(name: .scope, result: scope(claims.certificate, record)),
            Check(name: .status, result: claims.status == nil ? .unknown(.statusUnavailable) : .pass),
            Check(name: .dates, result: dates(claims)),
        ].first { $0.result != .pass && $0.result != .unknown(.notYetValid) }
    }

    /// Whether the claims come back as they are from a seal that is not too large.
    private func isDecodable(_ claims: CertificateClaims) -> Bool {
        guard let payload = try? claims.encoded() else { return false }
        return (try? CertificateClaims(decoding: payload[...])) == claims
    }
}
