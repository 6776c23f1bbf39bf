import Credential
import Errors
import Seal
import Signing
import StatusList
import Store

/// What a transition would do to some certificates: the diff that a person sees before it is done.
package struct StatusPlan: Sendable {
    /// A certificate whose status the transition does not change.
    package struct Other: Sendable {
        package let number: CertificateNumber
        package let version: Int
        /// Nil when it names no status list: nothing can be said of it any more.
        package let status: CertificateStatus?
    }

    package struct Change: Sendable {
        package let number: CertificateNumber
        package let version: Int
        package let from: CertificateStatus
        fileprivate let certificate: Certificate
    }

    fileprivate enum Certificate: Sendable {
        case here(StatusChange)
        /// That only its holder has.
        case lost(StatusPlace)
    }

    package let transition: StatusTransition
    package private(set) var changes: [Change] = []
    /// That have the status already.
    package private(set) var unchanged: [Other] = []
    /// From whose status no way leads there.
    package private(set) var refused: [Other] = []

    package init(_ transition: StatusTransition) { self.transition = transition }

    package mutating func add(_ versions: [SealedVersion], in store: any StatusReading) throws {
        let changes = try store.changes(of: versions)
        for version in versions {
            if let change = changes[version.key] {
                add(version.number, version.key.version, from: change.from, .here(change))
            } else {
                refused.append(Other(number: version.number, version: version.key.version, status: nil))
            }
        }
    }

    package mutating func add(_ lost: UnrecordedCertificate) {
        add(lost.number, lost.version, from: lost.status, .lost(lost.place))
    }

    private mutating func add(
        _ number: CertificateNumber, _ version: Int, from: CertificateStatus, _ certificate: Certificate
    ) {
        switch transition.effect(on: from) {
        case .changes: changes.append(Change(number: number, version: version, from: from, certificate: certificate))
        case .none: unchanged.append(Other(number: number, version: version, status: from))
        case .refused: refused.append(Other(number: number, version: version, status: from))
        }
    }

    /// Of what would be done, to be approved.
    package func digest(_ reason: StatusReason) throws(SigningError) -> [UInt8] {
        let lines = changes.map { "\($0.number) \($0.version) \($0.from.name)" }.sorted()
        let text = (["signet-status-1", transition.rawValue, reason.rawValue] + lines).joined(separator: "\n")
        return try SHA256.digest(Array(text.utf8))
    }

    /// Does it, all or nothing, and keeps who did it and why. This is the one place where people's acts
    /// on statuses enter the store.
    package func carryOut(_ act: StatusAct, in transaction: any IssuingWriting) throws {
        guard act.transition == transition else {
            throw StoreError(.conflict, zh: "该操作属于另一种状态变更", en: "the act is of another transition")
        }
        var here: [StatusChange] = []
        var lost: [KeptChange] = []
        for change in changes {
            switch change.certificate {
            case .here(let change): here.append(change)
            case .lost(let place): lost.append(KeptChange(place: place, from: change.from))
            }
        }
        if !here.isEmpty { try transaction.record(act, here) }
        if !lost.isEmpty { try transaction.record(act, ofLost: lost) }
    }
}

extension StatusReading {
    /// Of versions as they stand now; none of one that names no status list.
    package func changes(of versions: [SealedVersion]) throws -> [VersionKey: StatusChange] {
        try changes(of: versions.map { ($0.key, try CertificateClaims(decoding: $0.payload[...])) })
    }

    func changes(of versions: [(key: VersionKey, claims: CertificateClaims)]) throws -> [VersionKey: StatusChange] {
        let places = versions.map { StatusPlace(of: $0.claims) }
        let statuses = try statuses(at: places.compactMap { $0 })
        var changes = [VersionKey: StatusChange](minimumCapacity: versions.count)
        for (version, place) in zip(versions, places) {
            guard let place else { continue }
            changes[version.key] = StatusChange(
                key: version.key, place: place, certificateID: version.claims.certificate.id.bytes,
                from: statuses[place] ?? .valid)
        }
        return changes
    }
}

extension StatusPlace {
    fileprivate init?(of claims: CertificateClaims) {
        guard let reference = claims.status, let list = StatusListURI.list(in: reference.uri) else { return nil }
        self.init(list: list, index: reference.index)
    }
}
