import Files
import FoundationEssentials
import Glibc
import Logging
import ServiceLifecycle
import Signing
import StatusList
import Synchronization
import Trust
import Verification

/// The status lists as this server publishes them, read again when their files change.
package final class PublishedStatus: Service {
    package struct List: Sendable {
        package let verified: VerifiedStatusList
        package let jwt: [UInt8]
        /// The same list; nil while its file is of another time.
        package let cwt: [UInt8]?
    }

    package struct Snapshot: Sendable {
        package var source = StatusSource()
        /// By number.
        package var lists: [Int: List] = [:]
    }

    private struct State {
        var snapshot = Snapshot()
        /// Of the files and the trust list when they were last read.
        var stamp: [String] = []
    }

    private let folder: String?
    private let trust: PublishedTrust
    private let memory: PublicationMemory
    private let logger: Logger
    private let state = Mutex(State())

    /// - Parameter folder: with the lists as `N.jwt` and `N.cwt`; nil for a server that has none.
    package init(
        folder: String?, trust: PublishedTrust, memory: PublicationMemory = PublicationMemory(), logger: Logger
    ) {
        self.folder = folder
        self.memory = memory
        self.trust = trust
        self.logger = logger
        refresh()
    }

    package var snapshot: Snapshot { state.withLock { $0.snapshot } }

    /// Looks at the files every few seconds, so that a revocation is served without a restart.
    package func run() async throws {
        while !Task.isCancelled, !Task.isShuttingDownGracefully {
            try? await cancelWhenGracefulShutdown { try await Task.sleep(for: .seconds(2)) }
            refresh()
        }
    }

    private func refresh() {
        // First, as status lists are published after the trust list that they go with.
        trust.refresh()
        guard let folder, case .list(let list) = trust.snapshot.source else { return }
        let stamp = Self.stamp(of: folder) + ["trust \(list.list.sequence)"]
        guard stamp != state.withLock({ $0.stamp }) else { return }
        let known = snapshot.lists
        var next = Snapshot()
        var number = 1
        while let jwt = try? DurableFile.read("\(folder)/\(number).jwt") {
            let cwt = try? DurableFile.read("\(folder)/\(number).cwt")
            if let read = read(jwt, cwt, number: number, list, known: known[number], &next.source) {
                next.lists[number] = read
                next.source.add(read.jwt, from: read.verified.uri, trust: list)
            }
            number += 1
        }
        memory.remember(next.source.seen)
        state.withLock { $0 = State(snapshot: next, stamp: stamp) }
    }

    /// A list that cannot be relied on, or that goes back, is an old or damaged copy put in place by
    /// mistake or malice: the one before stays.
    private func read(
        _ jwt: [UInt8], _ cwt: [UInt8]?, number: Int, _ trust: VerifiedTrustList, known: List?,
        _ answers: inout StatusSource
    ) -> List? {
        var source = StatusSource()
        if let problem = source.add(jwt, from: nil, trust: trust) {
            logger.error("status list \(number) refused: \(problem.rawValue)")
            return known
        }
        guard let uri = source.issuedAt.keys.first, StatusListURI.list(in: uri) == number,
            case .list(let verified)? = source.entry(for: uri)
        else {
            logger.error("status list \(number) has another address than its file name says")
            return known
        }
        if let known, known.verified.issuedAt > verified.issuedAt {
            logger.error("status list \(number) went back; the newer one stays")
            return known
        }
        guard verified.issuedAt >= memory.known.statusLists[uri] ?? .min else {
            logger.error("status list \(number) is older than one published or seen before; publish it again")
            answers.note(.statusListRolledBack, for: uri, issuedAt: verified.issuedAt)
            return known
        }
        var twin = StatusSource()
        let isTwin = cwt.map { twin.add($0, from: uri, trust: trust) == nil } ?? false
        let matches = isTwin && twin.issuedAt[uri] == verified.issuedAt
        if known?.verified.issuedAt != verified.issuedAt {
            logger.info("status list \(number) loaded", metadata: ["iat": "\(verified.issuedAt)"])
        }
        return List(verified: verified, jwt: jwt, cwt: matches ? cwt : nil)
    }

    /// Changes whenever a list is published: each time it is another file.
    private static func stamp(of folder: String) -> [String] {
        var stamps: [String] = []
        var number = 1
        while true {
            for form in ["jwt", "cwt"] {
                var status = stat()
                guard stat("\(folder)/\(number).\(form)", &status) == 0 else {
                    if form == "jwt" { return stamps }
                    continue
                }
                stamps.append("\(status.st_ino) \(status.st_mtim.tv_sec) \(status.st_mtim.tv_nsec) \(status.st_size)")
            }
            number += 1
        }
    }
}
