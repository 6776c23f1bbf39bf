import Credential
import Seal
import Signing
import Trust

/// What is known of who may certify.
package enum TrustSource: Sendable {
    case list(VerifiedTrustList)
    case unavailable
    case invalid
    /// An older one than was seen before, or than the status lists at hand go with.
    case rolledBack
}

/// Checks seals with nothing but a trust list and status lists: no store, no network. One per worker: not to be shared
/// between threads, as it keeps OpenSSL contexts.
package final class SealVerifier {
    private let trust: TrustSource
    private let status: StatusSource
    private let now: Int
    private let isTrustCurrent: Bool
    private let checked: CheckedSignatures?
    private var verifiers: [KeyID: Verifier] = [:]

    /// - Parameters:
    ///   - status: the status lists at hand.
    ///   - now: seconds since 1970.
    ///   - isTrustCurrent: whether no newer trust list can exist, as on the server that publishes it.
    ///     Then an unknown key is a forgery; otherwise it may be a newer key than the list knows.
    ///   - checked: signatures already found right, for a service that is asked about the same ones again.
    package init(
        trust: TrustSource, status: StatusSource = StatusSource(), now: Int, isTrustCurrent: Bool,
        checked: CheckedSignatures? = nil
    ) {
        self.checked = checked
        self.trust = trust.notOlder(than: status.leastTrustList)
        self.status = status
        self.now = now
        self.isTrustCurrent = isTrustCurrent
    }

    package func verify(qrText: some StringProtocol) throws(SigningError) -> Verdict {
        switch SealSearch.find(in: qrText) {
        case .seal(let seal): try verify(seal)
        case .malformed: Self.unsigned(.fail(.malformedSeal))
        // What cannot be read as a seal is not judged.
        case .damaged: Self.unsigned(.unknown(.sealDamaged))
        case .several: Self.unsigned(.unknown(.severalSeals))
        case .nothing: Self.unsigned(.unknown(.notASeal))
        }
    }

    package func verify(_ seal: UnverifiedSeal) throws(SigningError) -> Verdict {
        let list: VerifiedTrustList
        switch trust {
        case .unavailable: return Self.unsigned(.unknown(.trustListUnavailable))
        case .invalid: return Self.unsigned(.unknown(.trustListInvalid))
        case .rolledBack: return Self.unsigned(.unknown(.trustListRolledBack))
        case .list(let verified): list = verified
        }
        guard let record = list.key(seal.keyID) else { return Self.unsigned(unknownKey(seal, list)) }
        guard record.key.algorithm.acceptedCOSEIdentifiers.contains(seal.algorithm) else {
            return Self.unsigned(.fail(.algorithmMismatch))
        }
        guard try isSigned(seal, record) else {
            return Self.unsigned(.fail(.badSignature))
        }
        let (claims, checks) = (seal.claims, ClaimsChecks(list, now: now))
        let status = seal.claims.status.map { self.status.check($0, now: now) }
        let newestList = max(list.list.iat, status?.basis?.issuedAt ?? .min)
        return Verdict(
            checks: [
                Check(name: .signature, result: isStale(list) ? .unknown(.trustListStale) : .pass),
                Check(name: .issuer, result: try issuer(seal, record, list, checks)),
                Check(name: .scope, result: checks.scope(claims.certificate, record)),
                Check(name: .status, result: status?.result ?? .none),
                Check(name: .dates, result: checks.dates(claims, newestList)),
            ],
            certificate: claims.certificate, statusBasis: status?.basis, notBefore: claims.notBefore)
    }

    private func unknownKey(_ seal: UnverifiedSeal, _ list: VerifiedTrustList) -> Check.Result {
        // Past its time even a publisher's own list says nothing about newer keys.
        if isStale(list) { return .unknown(.trustListStale) }
        if isTrustCurrent { return .fail(.unknownKey) }
        return seal.claims.issuedAt > list.list.iat ? .unknown(.trustListOlderThanSeal) : .fail(.unknownKey)
    }

    private func isStale(_ list: VerifiedTrustList) -> Bool { now > list.list.nextUpdate }

    private func issuer(
        _ seal: UnverifiedSeal, _ record: VerifiedTrustList.KeyRecord, _ list: VerifiedTrustList, _ checks: ClaimsChecks
    ) throws(SigningError) -> Check.Result {
        let claims = seal.claims
        let result = checks.issuer(claims, record)
        guard result == .pass, record.state == .compromised else { return result }
        // Whoever has the key writes any time into a seal: that it is early proves nothing by itself.
        guard claims.issuedAt < record.compromisedSince ?? .min, record.recorded != nil else {
            return .fail(.keyCompromised)
        }
        guard let recorded = list.recordedSeals(of: record.key.kid) else { return .unknown(.recordedSealsUnavailable) }
        return try recorded.contains(seal.signedBytes) ? .pass : .fail(.notRecorded)
    }

    private func isSigned(
        _ seal: UnverifiedSeal, _ record: VerifiedTrustList.KeyRecord
    ) throws(SigningError) -> Bool {
        func check() throws(SigningError) -> Bool {
            try verifier(for: record).isValid(seal.signature, for: seal.signedBytes)
        }
        return if let checked { try checked.isValid(seal, check) } else { try check() }
    }

    private func verifier(for record: VerifiedTrustList.KeyRecord) throws(SigningError) -> Verifier {
        if let verifier = verifiers[record.key.kid] { return verifier }
        let verifier = try Verifier(record.key)
        verifiers[record.key.kid] = verifier
        return verifier
    }

    /// A verdict that rests on the signature check alone; what depends on it is not looked at.
    private static func unsigned(_ signature: Check.Result) -> Verdict {
        Verdict(
            checks: Check.Name.ofSeal.map { Check(name: $0, result: $0 == .signature ? signature : .none) },
            certificate: nil)
    }
}
