import Encodings
import Files
import Logging
import ServiceLifecycle
import Signing
import Synchronization
import Trust
import Verification

/// The trust list as this server publishes it, read again when its file changes.
package final class PublishedTrust: Service {
    package struct Snapshot: Sendable {
        package let source: TrustSource
        /// What is served at /trust/list; nil when there is none worth serving.
        package let jws: String?
        /// The same in gzip; nil also when there was no memory for it.
        package let compressed: [UInt8]?
        fileprivate let bytes: [UInt8]
    }

    private let path: String
    private let root: PublicKey
    private let memory: PublicationMemory
    private let logger: Logger
    private let current: Mutex<Snapshot>
    /// The file that was refused last, so that it is said once.
    private let refused = Mutex<[UInt8]>([])

    package init(path: String, root: PublicKey, memory: PublicationMemory = PublicationMemory(), logger: Logger) {
        self.path = path
        self.memory = memory
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

    package func refresh() {
        guard let bytes = try? DurableFile.read(path) else {
            if snapshot.jws == nil { logger.error("no trust list", metadata: ["path": "\(path)"]) }
            return
        }
        guard bytes != snapshot.bytes, bytes != refused.withLock({ $0 }) else { return }
        let jws = String(decoding: bytes, as: UTF8.self)
        do {
            let list = complete(try VerifiedTrustList(jws: jws, root: root))
            // A list that goes back is an old copy put in place by mistake or malice: the newer stays. After a restart
            // there is none to stay, and the old one is not taken for it.
            if case .list(let known) = snapshot.source, known.list.mark > list.list.mark {
                logger.error("the trust list went back; the newer one stays", metadata: ["path": "\(path)"])
                refused.withLock { $0 = bytes }
                return
            }
            guard list.list.mark >= memory.known.trustList else {
                logger.error(
                    "the trust list is older than one published or seen before",
                    metadata: ["path": "\(path)", "sequence": "\(list.list.sequence)"])
                current.withLock { $0 = Snapshot(source: .rolledBack, jws: nil, compressed: nil, bytes: bytes) }
                return
            }
            memory.remember(SeenPublications(trustList: list.list.mark))
            let compressed = (try? Zlib.deflated(bytes, framing: .gzip))
            current.withLock { $0 = Snapshot(source: .list(list), jws: jws, compressed: compressed, bytes: bytes) }
            logger.info("trust list loaded", metadata: ["sequence": "\(list.list.sequence)"])
        } catch {
            logger.error("trust list refused: \(error)", metadata: ["path": "\(path)"])
            refused.withLock { $0 = bytes }
            current.withLock { state in
                if state.jws == nil { state = Snapshot(source: .invalid, jws: nil, compressed: nil, bytes: bytes) }
            }
        }
    }
}
