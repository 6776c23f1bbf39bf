import Logging
import ServiceLifecycle
import Signing
import Synchronization
import Trust
import Verification

/// The trust list as this server publishes it, read again when its file changes.
package final class PublishedTrust: Service {
    package struct Snapshot: Sendable {
        let source: TrustSource
        /// What is served at /trust/list; nil when there is none worth serving.
        let jws: String?
        /// The same in gzip; nil also when there was no memory for it.
        let compressed: [UInt8]?
        fileprivate let bytes: [UInt8]
    }

    private let path: String
    private let root: PublicKey
    private let logger: Logger
    private let current: Mutex<Snapshot>

    package init(path: String, root: PublicKey, logger: Logger) {
        self.path = path
        self.root = root
        self.logger = logger
        current = Mutex(Snapshot(source: .unavailable, jws: nil, compressed: nil, bytes: []))
        refresh()
    }

    package var snapshot: Snapshot { current.withLock { $0 } }

    /// Looks at the file every few seconds, so that a published list is served without a restart.
    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(2)) }
            refresh()
        }
    }

    /// With the files of what compromised keys had signed before, which were written ahead of the list.
    private func complete(_ list: VerifiedTrustList) -> VerifiedTrustList {
        var list = list
        let folder = path.lastIndex(of: "/").map { String(path[...$0]) } ?? ""
        for kid in list.keysWithRecordedSeals {
            let file = "\(folder)recorded/\(kid)"
            guard let bytes = try? DurableFile.read(file), list.add(recordedSeals: bytes, of: kid) else {
                logger.error("the file of recorded seals is missing or another", metadata: ["path": "\(file)"])
                continue
            }
        }
        return list
    }

    private func refresh() {
        guard let bytes = try? DurableFile.read(path) else {
            if snapshot.jws == nil { logger.error("no trust list", metadata: ["path": "\(path)"]) }
            return
        }
        guard bytes != snapshot.bytes else { return }
        let jws = String(decoding: bytes, as: UTF8.self)
        do {
            let list = complete(try VerifiedTrustList(jws: jws, root: root))
            // A list that goes back is an old copy put in place by mistake or malice: the newer stays.
            if case .list(let known) = snapshot.source, known.list.sequence > list.list.sequence {
                logger.error("the trust list went back; the newer one stays", metadata: ["path": "\(path)"])
                return
            }
            let compressed = Gzip.compress(bytes)
            current.withLock { $0 = Snapshot(source: .list(list), jws: jws, compressed: compressed, bytes: bytes) }
            logger.info("trust list loaded", metadata: ["sequence": "\(list.list.sequence)"])
        } catch {
            logger.error("trust list refused: \(error)", metadata: ["path": "\(path)"])
            current.withLock { state in
                if state.jws == nil { state = Snapshot(source: .invalid, jws: nil, compressed: nil, bytes: bytes) }
            }
        }
    }
}
