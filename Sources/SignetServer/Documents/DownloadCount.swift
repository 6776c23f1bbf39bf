import Audit
import AuditLog
import Credential
import Documents
import Issuance
import Logging
import ServiceLifecycle
import Signing
import Store
import Synchronization

/// Single documents as they are fetched. Each print is kept at once; that they were fetched is counted, and written down
/// as one act for each hour, so that the record does not grow with every look at a certificate.
package actor DownloadCount: Service {
    private static let hour = 3600

    private let store: any HolderStore
    private let authority: Authority
    private let record: RecordHealth
    private let logger: Logger
    /// Of the hour that is not written down yet.
    private var (start, digests) = (0, [[UInt8]]())

    package init(store: any HolderStore, authority: Authority, record: RecordHealth, logger: Logger) {
        (self.store, self.authority, self.record, self.logger) = (store, authority, record, logger)
    }

    package func add(_ document: MadeDocument, _ approval: Approval) async throws {
        try await record.requireForAct()
        try await writeDown(before: approval.time)
        try await PrintJournal(store: store).keep([document], approval)
        if digests.isEmpty { start = approval.time - approval.time % Self.hour }
        digests.append(document.digest)
    }

    /// Until the server ends; what is counted by then is written down.
    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(60)) }
            let isEnding = Task.isCancelled || Task.isShuttingDownGracefully
            do {
                try await writeDown(before: isEnding ? .max : Clock.now())
            } catch { logger.error("the count of downloads could not be written down: \(error)") }
        }
    }

    /// - Parameter now: an hour that is not over by then goes on.
    private func writeDown(before now: Int) async throws {
        guard !digests.isEmpty, now >= start + Self.hour, await record.isInOrder() else { return }
        let (start, fetched) = (start, digests)
        digests = []
        let store = store
        let isWritten = Mutex(false)
        do {
            let act = AuditAct(
                .documentsDownloaded, actor: "server",
                subject: [.documents: .number(fetched.count), .hour: .number(start)],
                digest: try SHA256.digest(Array(fetched.joined())), time: min(now, start + Self.hour))
            try await authority.carryOut(.print, by: .server) {
                _ = try await store.write { try $0.append(act) }
                isWritten.withLock { $0 = true }
                return ((), act.time)
            }
        } catch {
            if !isWritten.withLock({ $0 }) { digests = fetched + digests }
            throw error
        }
    }
}
