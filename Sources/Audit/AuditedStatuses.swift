import AuditLog
import Credential
import Errors
import Seal
import Signing
import StatusList
import Store

/// Changes of status as they were written down, and the entries that must have come of them.
struct AuditedStatuses: Sendable {
    private static let pageSize = 2000
    private var changes: [AuditAct] = []
    private var kept: AuditAct?
    private var begun: [Int: AuditAct] = [:]

    mutating func add(_ act: AuditAct) {
        switch act.kind {
        case .statusChanged: changes.append(act)
        case .statusesKept: kept = act
        case .statusListBegun: if let list = act.subject[number: .list] { begun[list] = act }
        default: break
        }
    }

    func check(against store: any StoreReading) throws {
        try checkLists(store.statusLists())
        let acts = try store.statusActs()
        guard acts.count == changes.count else {
            throw AuditProblem(
                .contradicted, zh: "记录过 \(changes.count) 次状态变更，但数据库中有 \(acts.count) 次",
                en: "\(changes.count) changes of status were recorded, but the database has \(acts.count)")
        }
        let positions = Dictionary(uniqueKeysWithValues: acts.enumerated().map { ($1.number, $0) })
        var digests = try acts.map { _ in (hasher: try SHA256Hasher(), count: 0) }
        var latest: (entry: StatusEntry, isHeld: Bool)?
        var entryCount = 0
        // What must stand at the places of some versions; nil where they are valid again.
        var expected: [(place: StatusPlace, entry: StatusEntry?)] = []
        func compare() throws {
            let entries = try store.statusEntries(at: expected.map(\.place))
            guard expected.allSatisfy({ entries[$0.place] == $0.entry }) else {
                throw AuditProblem(contradictedZh: "一份证书的状态", en: "the status of a certificate")
            }
            expected = []
        }
        func finish() throws {
            guard let (entry, isHeld) = latest else { return }
            expected.append((entry.place, isHeld ? entry : nil))
            entryCount += isHeld ? 1 : 0
            if expected.count == Self.pageSize { try compare() }
        }
        try store.forEachStatusChange { key, payload, number in
            // A foreign key holds them together.
            guard let position = positions[number] else {
                throw AuditProblem(contradictedZh: "一次状态变更", en: "a change of status")
            }
            if latest?.entry.key != key { try finish() }
            let entry = try StatusEntry(key, payload: payload, after: acts[position].act)
            try digests[position].hasher.update(entry.certificateID + [UInt8(clamping: key.version)])
            digests[position].count += 1
            latest = (entry, entry.status != .valid)
        }
        try finish()
        try compare()
        // In any order: who changes statuses at once may be written down in another than they are numbered.
        var made: [AuditAct: Int] = [:]
        for (act, digest) in zip(acts, digests) {
            made[try AuditAct(act.act, count: digest.count, digest: digest.hasher.finalize()), default: 0] += 1
        }
        for change in changes {
            guard let count = made[change], count > 0 else {
                throw AuditProblem(
                    contradictedZh: "\(change.time) 的 \(change.words.zh)", en: "\(change.words.en) on \(change.time)")
            }
            made[change] = count - 1
        }
        let keptStatuses = try store.keptStatuses()
        guard try kept.map({ try $0.digest == keptStatuses.digest() }) ?? keptStatuses.isEmpty else {
            throw AuditProblem(contradictedZh: "丢失证书的留存内容", en: "what is kept of lost certificates")
        }
        var stored = -keptStatuses.count
        for list in try store.statusLists() { try store.forEachStatus(in: list.id) { _, _ in stored += 1 } }
        guard stored == entryCount else {
            throw AuditProblem(
                .contradicted, zh: "状态列表中有 \(stored) 项，但记录过 \(entryCount) 项",
                en: "status lists have \(stored) entries, but \(entryCount) were recorded")
        }
    }

    private func checkLists(_ lists: [StatusListRecord]) throws {
        for list in lists {
            guard let act = begun[list.id] else {
                throw AuditProblem(contradictedZh: "状态列表 \(list.id)", en: "status list \(list.id)")
            }
            guard try AuditAct(beginning: list, actor: act.actor, time: act.time) == act else {
                throw AuditProblem(contradictedZh: "状态列表 \(list.id) 的次序", en: "the order of status list \(list.id)")
            }
        }
        guard begun.count == lists.count else {
            throw AuditProblem(contradictedZh: "状态列表的数目", en: "the number of status lists")
        }
    }
}

extension StatusEntry {
    /// What an act makes of a version.
    fileprivate init(_ key: VersionKey, payload: [UInt8], after act: StatusAct) throws {
        let claims = try CertificateClaims(decoding: payload[...])
        guard let reference = claims.status, let list = StatusListURI.list(in: reference.uri) else {
            throw AuditProblem(contradictedZh: "一份在状态列表中没有位置的证书", en: "a certificate without a place in a status list")
        }
        self.init(
            key: key, place: StatusPlace(list: list, index: reference.index),
            certificateID: claims.certificate.id.bytes, status: act.transition.target, act: act)
    }
}

extension AuditAct {
    package init(beginning list: StatusListRecord, actor: String, time: Int) throws {
        self.init(
            .statusListBegun, actor: actor, subject: [.list: .number(list.id), .places: .number(list.size)],
            digest: try SHA256.digest(list.permutationKey), time: time)
    }
}

extension [KeptStatus] {
    /// Over list, index and status of each, in the store's order.
    package func digest() throws -> [UInt8] {
        try SHA256.digest(flatMap { [UInt8]("\($0.place.list) \($0.place.index) \($0.status.name)\n".utf8) })
    }
}
