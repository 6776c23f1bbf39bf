import Seal
import StatusList

/// What the status check rests on: the list, and how old it was.
package struct StatusBasis: Equatable, Sendable {
    /// Seconds since 1970.
    package let issuedAt: Int
    /// Seconds.
    package let age: Int

    package init(issuedAt: Int, age: Int) {
        self.issuedAt = issuedAt
        self.age = age
    }
}

extension StatusSource {
    /// How far a publisher's clock may run ahead of ours, in seconds.
    private static let clockSkew = 300

    /// Never "valid" and never "revoked" unless a list that may be relied on says just that.
    func check(_ reference: CertificateClaims.StatusReference, now: Int) -> (result: Check.Result, basis: StatusBasis?)
    {
        switch entry(for: reference.uri) {
        case nil: return (.unknown(.statusUnavailable), nil)
        case .problem(let reason, let issuedAt):
            return (.unknown(reason), issuedAt.map { StatusBasis(issuedAt: $0, age: max(0, now - $0)) })
        case .list(let list):
            let age = now - list.issuedAt
            return (
                result(in: list, at: reference.index, age: age, now: now),
                StatusBasis(issuedAt: list.issuedAt, age: max(0, age))
            )
        }
    }

    private func result(in list: VerifiedStatusList, at index: Int, age: Int, now: Int) -> Check.Result {
        guard age >= -Self.clockSkew else { return .unknown(.clockBehind) }
        guard now <= list.expiresAt ?? .max, age <= maximumAge ?? .max else { return .unknown(.statusListStale) }
        guard let value = try? list.statuses.status(at: index) else { return .unknown(.statusIndexOutOfRange) }
        switch CertificateStatus(rawValue: value) {
        case .valid: return .pass
        case .revoked: return .fail(.revoked)
        case .suspended: return .fail(.suspended)
        case .superseded: return .fail(.superseded)
        case nil: return .unknown(.statusValueUnknown)
        }
    }
}
