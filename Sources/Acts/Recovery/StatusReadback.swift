import Audit
import AuditLog
import Credential
import Errors
import Issuance
import Publishing
import Seal
import Signing
import StatusList
import Store

/// Brings a restored database's statuses to what was published after it, in the transaction that accepts it.
package struct StatusReadback {
    /// How many certificates got each status, places kept whose certificates are not here, and lists that
    /// were begun since.
    package struct Outcome: Sendable {
        fileprivate(set) var changed: [StatusTransition: Int] = [:]
        fileprivate(set) var keptPlaces = 0
        fileprivate(set) var begunLists = 0
    }

    private static let note = "restored from the published list"

    let published: PublishedLists
    let marks: [String: Int]
    /// Of a list begun since that was never published.
    let newListSize: Int
    let approval: Approval

    func apply(in transaction: any AdministrationWriting) throws -> Outcome {
        var outcome = Outcome()
        outcome.begunLists = try beginLists(in: transaction)
        var differences: [StatusPlace: CertificateStatus] = [:]
        for list in try transaction.statusLists() {
            guard let later = published.lists[list.id], later.issuedAt > list.publishedAt ?? .min else { continue }
            try collect(later.statuses, list, in: transaction, into: &differences)
            try transaction.passOver(list) { try later.statuses.status(at: $0) != 0 }
        }
        if !differences.isEmpty { try take(differences, in: transaction, &outcome) }
        try claimTimes(in: transaction)
        return outcome
    }

    /// Lists of which this database knows nothing are taken as full: their secret order is lost.
    private func beginLists(in transaction: any AdministrationWriting) throws -> Int {
        let known = try transaction.statusLists().count
        let marked = marks.keys.compactMap { Marks.list($0, Marks.statusList) }
        let last = max(published.lists.keys.max() ?? 0, marked.max() ?? 0)
        guard last > known else { return 0 }
        for number in (known + 1)...last {
            let list = try transaction.beginStatusList(
                size: published.lists[number]?.statuses.count ?? newListSize, actor: approval.actor,
                time: approval.time)
            guard list.id == number else {
                throw StoreError(.damaged, zh: "状态列表不是从 1 开始编号的", en: "the status lists are not numbered from 1")
            }
            try transaction.setNextStatusIndex(list.size, of: number)
        }
        return last - known
    }

    /// What was published of a place and is not what the store says of it.
    private func collect(
        _ statuses: StatusArray, _ list: StatusListRecord, in transaction: any AdministrationWriting,
        into differences: inout [StatusPlace: CertificateStatus]
    ) throws {
        guard statuses.count == list.size else {
            throw PublishingError(
                .publishedListRefused,
                zh: "状态列表 \(list.id) 公布时有 \(statuses.count) 个位置，这里有 \(list.size) 个：两者属于不同的安装；没有接受任何内容",
                en:
                    "status list \(list.id) was published with \(statuses.count) places and has \(list.size) here: they belong "
                    + "to different installations; nothing was accepted")
        }
        var known: [Int: CertificateStatus] = [:]
        try transaction.forEachStatus(in: list.id) { known[$0] = $1 }
        for index in 0..<list.size {
            // Two bits have no other value.
            let status = CertificateStatus(rawValue: try statuses.status(at: index))!
            if status != known[index] ?? .valid { differences[StatusPlace(list: list.id, index: index)] = status }
        }
    }

    /// Certificates that are here get their status by an act; of the others only the places are kept.
    private func take(
        _ differences: [StatusPlace: CertificateStatus], in transaction: any AdministrationWriting,
        _ outcome: inout Outcome
    ) throws {
        var unknown = differences
        var changes: [CertificateStatus: [StatusChange]] = [:]
        let known = try transaction.statuses(at: Array(differences.keys))
        try transaction.forEachVersion { key, payload in
            let claims = try CertificateClaims(decoding: payload[...])
            guard let reference = claims.status, let list = StatusListURI.list(in: reference.uri),
                let status = unknown.removeValue(forKey: StatusPlace(list: list, index: reference.index))
            else { return }
            let place = StatusPlace(list: list, index: reference.index)
            let from = known[place] ?? .valid
            changes[status, default: []].append(
                StatusChange(key: key, place: place, certificateID: claims.certificate.id.bytes, from: from))
        }
        for transition in StatusTransition.allCases {
            // What is final here stays so, whatever was published.
            let possible = changes[transition.target, default: []].filter {
                transition.effect(on: $0.from) == .changes
            }
            guard !possible.isEmpty else { continue }
            let act = StatusAct(
                transition: transition, reason: .restored, note: Self.note, actor: approval.actor,
                time: approval.time)
            try transaction.record(act, possible)
            outcome.changed[transition] = possible.count
        }
        let kept = unknown.filter { $0.value != .valid }.map(KeptStatus.init)
        guard !kept.isEmpty else { return }
        try transaction.keep(kept)
        outcome.keptPlaces = kept.count
        let all = try transaction.keptStatuses()
        try transaction.append(
            AuditAct(
                .statusesKept, actor: approval.actor, subject: [.places: .number(all.count)],
                digest: all.digest(), reason: Self.note, time: approval.time))
    }

    /// The next publication is later than any before.
    private func claimTimes(in transaction: any AdministrationWriting) throws {
        for list in try transaction.statusLists() {
            let time = max(
                published.lists[list.id]?.issuedAt ?? 0, marks[Marks.publishedList + String(list.id)] ?? 0)
            guard time > list.publishedAt ?? 0 else { continue }
            try transaction.claimPublication(of: list.id, at: time, after: list.publishedAt)
        }
    }
}
