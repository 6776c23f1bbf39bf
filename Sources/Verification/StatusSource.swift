import StatusList
import Trust

/// What is known of the status of certificates: the lists at hand, already checked, and why others
/// could not be. Nothing here fetches anything.
package struct StatusSource: Sendable {
    package enum Entry: Sendable {
        case list(VerifiedStatusList)
        /// - Parameter issuedAt: of the last list known, when there was one.
        case problem(Reason, issuedAt: Int?)
    }

    private var entries: [String: Entry] = [:]
    /// A list older than this many seconds says too little; nil to leave that to its `exp`.
    package let maximumAge: Int?

    package init(maximumAge: Int? = nil) { self.maximumAge = maximumAge }

    package func entry(for uri: String) -> Entry? { entries[uri] }

    /// Addresses and times of the lists that may be relied on, to be remembered against older copies.
    package var issuedAt: [String: Int] {
        entries.compactMapValues { if case .list(let list) = $0 { list.issuedAt } else { nil } }
    }

    var lists: [VerifiedStatusList] { entries.values.compactMap { if case .list(let list) = $0 { list } else { nil } } }

    /// Takes up a list token. Of several for one address the newest counts.
    ///
    /// - Parameters:
    ///   - uri: where it was got from; nil for a file, which says so itself.
    ///   - seen: the highest `iat` known for each address: an older list was put back by somebody.
    /// - Returns: why the token is of no use, or nil.
    @discardableResult
    package mutating func add(
        _ token: [UInt8], from uri: String?, trust: VerifiedTrustList, seen: [String: Int] = [:]
    ) -> Reason? {
        let unverified: UnverifiedStatusToken
        do {
            unverified = try UnverifiedStatusToken(token)
        } catch {
            if let uri { note(.statusListInvalid, for: uri, issuedAt: nil) }
            return .statusListInvalid
        }
        let claimed = unverified.unverifiedClaims
        let address = uri ?? claimed.uri
        let list: VerifiedStatusList
        do {
            list = try VerifiedStatusList(unverified, trust: trust)
        } catch {
            note(error.reason, for: address, issuedAt: seen[address])
            return error.reason
        }
        guard list.uri == address else {
            note(.statusAddressMismatch, for: address, issuedAt: nil)
            return .statusAddressMismatch
        }
        guard list.issuedAt >= seen[address] ?? .min else {
            note(.statusListRolledBack, for: address, issuedAt: list.issuedAt)
            return .statusListRolledBack
        }
        if case .list(let known) = entries[address], known.issuedAt >= list.issuedAt { return nil }
        entries[address] = .list(list)
        return nil
    }

    /// Says why a list could not be had. A good one that is there stays.
    package mutating func note(_ problem: Reason, for uri: String, issuedAt: Int?) {
        if case .list = entries[uri] { return }
        entries[uri] = .problem(problem, issuedAt: issuedAt)
    }
}

/// A status list whose signature is right under a key that the trust list has for it.
package struct VerifiedStatusList: Sendable {
    package let uri: String
    package let issuedAt: Int
    package let expiresAt: Int?
    package let timeToLive: Int?
    package let trustSequence: Int?
    package let statuses: StatusArray

    struct Problem: Error { let reason: Reason }

    init(_ token: UnverifiedStatusToken, trust: VerifiedTrustList) throws(Problem) {
        guard let record = trust.statusKey(token.keyID), record.isInForce(at: token.unverifiedClaims.issuedAt),
            let claims = try? token.checked(under: record.key)
        else { throw Problem(reason: .statusSignatureInvalid) }
        guard let statuses = try? StatusArray(bits: claims.bits, deflated: claims.deflated) else {
            throw Problem(reason: .statusListInvalid)
        }
        uri = claims.uri
        issuedAt = claims.issuedAt
        expiresAt = claims.expiresAt
        timeToLive = claims.timeToLive
        trustSequence = claims.trustSequence
        self.statuses = statuses
    }
}
