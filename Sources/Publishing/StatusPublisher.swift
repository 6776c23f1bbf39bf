import AuditLog
import Errors
import Files
import Signing
import StatusList
import Store

/// Signs status lists and puts them where the server finds them, as `N.jwt` and `N.cwt`.
package struct StatusPublisher: Sendable {
    package struct Published: Sendable {
        package let list: Int
        /// Seconds since 1970.
        package let issuedAt: Int
        package let expiresAt: Int
        package let entries: Int
        package let size: Int
    }

    private let store: any IssuingStore
    private let key: PrivateKey
    private let host: String
    private let folder: String
    private let actor: String
    private let now: @Sendable () -> Int
    /// How long a list may be relied on when no newer one can be had, and how soon it is asked for again.
    private let (lifetime, timeToLive): (Int, Int)
    /// How far the clock may have gone back since the last publication, in seconds.
    private static let clockTolerance = 300

    /// - Parameters:
    ///   - folder: must exist.
    ///   - lifetime: seconds until `exp`.
    ///   - timeToLive: seconds, `ttl`.
    package init(
        store: any IssuingStore, key: PrivateKey, host: String, folder: String, actor: String,
        lifetime: Int = 7 * 86_400,
        timeToLive: Int = 300, now: @escaping @Sendable () -> Int
    ) {
        self.store = store
        self.key = key
        self.host = host
        self.folder = folder
        self.actor = actor
        self.lifetime = lifetime
        self.timeToLive = timeToLive
        self.now = now
    }

    /// Publishes the lists that changed, or all of them afresh. Stopped at any moment and run again, it
    /// publishes the rest; what is served never gets older.
    package func publish(all: Bool) async throws -> [Published] {
        // Of two publishers the one with the older content might otherwise write last.
        let lock = try await FileLock(folder + "/.lock")
        defer { lock.release() }
        let lists = try await store.read { try $0.statusLists() }
        var published: [Published] = []
        for list in lists where all || !list.isPublished { published.append(try await publish(list.id)) }
        return published
    }

    private func publish(_ id: Int) async throws -> Published {
        let now = now()
        // The instant is durable before anything is signed with it: after a crash a later one is taken.
        let (list, issuedAt, statuses, count, trustSequence) = try await store.write { transaction in
            guard let list = try transaction.statusLists().first(where: { $0.id == id }) else {
                throw StoreError(.notFound, zh: "没有状态列表 \(id)", en: "there is no status list \(id)")
            }
            let last = list.publishedAt ?? .min
            guard now > last || last - now <= Self.clockTolerance else {
                throw PublishingError(
                    .clockBehind, zh: "本机时钟早于状态列表 \(id) 的上次公布时间；请校准",
                    en: "this machine's clock is behind the last publication of status list \(id); set it right")
            }
            let issuedAt = max(now, last == .min ? now : last + 1)
            try transaction.claimPublication(of: id, at: issuedAt, after: list.publishedAt)
            var statuses = try StatusArray(bits: 2, count: list.size)
            var (count, failure) = (0, (any Error)?.none)
            try transaction.forEachStatus(in: id) { index, status in
                do {
                    try statuses.set(status.rawValue, at: index)
                    count += 1
                } catch { failure = error }
            }
            if let failure { throw failure }
            return (list, issuedAt, statuses, count, try transaction.lastTrustListSequence())
        }
        let claims = try StatusListClaims(
            uri: StatusListURI.text(host: host, list: id), issuedAt: issuedAt, expiresAt: issuedAt + lifetime,
            timeToLive: timeToLive, trustSequence: trustSequence > 0 ? trustSequence : nil, statuses: statuses)
        let jwt = try claims.jwt(signedBy: key)
        try DurableFile.replace(jwt, at: "\(folder)/\(id).jwt")
        try DurableFile.replace(claims.cwt(signedBy: key), at: "\(folder)/\(id).cwt")
        // From here it is public; stopped before, it counts as changed and is published again.
        let act = AuditAct(
            .statusListPublished, actor: actor, subject: [.list: .number(id), .entries: .number(count)],
            digest: try SHA256.digest(jwt), time: issuedAt)
        try await store.write { transaction in
            try transaction.markPublished(id, changes: list.changes)
            try transaction.append(act)
        }
        return Published(
            list: id, issuedAt: issuedAt, expiresAt: issuedAt + lifetime, entries: count, size: list.size)
    }
}
