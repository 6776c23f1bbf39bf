import Credential
import Files
import Foundation
import HTTPSupport
import Logging
import Lookup
import Parsing
import Publishing
import Seal
import ServiceLifecycle
import SignetServer
import Signing
import TestSupport
import Trust

/// A server on a loopback port of the system's choice, with a trust list and a way to make seals.
struct RunningServer {
    static let now = 1_790_000_000
    let port: Int
    let metricsPort: Int
    let folder: TemporaryDirectory
    let root: PrivateKey
    let key: PrivateKey
    let statusKey: PrivateKey

    var statusFolder: String { folder.path }
    var trustListPath: String { folder.path + "/trust-list.jws" }

    /// Runs `body` beside a server, and stops the server.
    static func with(
        address: String = "127.0.0.1", idleTimeout: Int = 20, requestTimeout: Int = 75,
        maximumBodyByteCount: Int = 2 << 20, bodySeconds: Int = 30,
        publishes: Bool = true, details: (any StatusDetailsSource)? = nil, bulk: BulkService? = nil,
        trustedProxies: [String] = [], connectionsPerAddress: Int = 2000, answerInterval: Double = 20,
        workers: ParsingPool? = nil,
        memory: PublicationMemory = PublicationMemory(), prepare: (RunningServer) throws -> Void = { _ in },
        lookup: ((RunningServer) throws -> any CertificateLookup)? = nil,
        holders: ((RunningServer) throws -> any HolderSource)? = nil,
        clock: @escaping @Sendable () -> Int = { now },
        _ body: @escaping @Sendable (RunningServer) async throws -> Void
    ) async throws {
        let (folder, root, key, statusKey) = (
            try TemporaryDirectory(), try PrivateKey.generate(.es256), try PrivateKey.generate(.es256),
            try PrivateKey.generate(.es256)
        )
        let (ports, continuation) = AsyncStream.makeStream(of: (Int, Int).self)
        let path = folder.path
        if publishes {
            try publish(sequence: 1, root: root, key: key, statusKey: statusKey, to: path + "/trust-list.jws")
        }
        let settings = try ServerSettings(
            address: address, port: 0, metrics: ListeningPlace(address: "127.0.0.1", port: 0),
            trustListPath: path + "/trust-list.jws", statusFolder: path,
            root: root.publicKey, connectionsPerAddress: connectionsPerAddress,
            idleTimeout: idleTimeout, requestTimeout: requestTimeout, answerInterval: answerInterval,
            maximumBodyByteCount: maximumBodyByteCount, bodySeconds: bodySeconds, trustedProxies: trustedProxies,
            workers: workers
                ?? ParsingPool(arguments: [Products.signet, ParsingPool.command], seconds: 60))
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let unstarted = RunningServer(
            port: 0, metricsPort: 0, folder: folder, root: root, key: key, statusKey: statusKey)
        try prepare(unstarted)
        let application = try SignetServer.application(
            settings, memory: memory, details: details, lookup: lookup?(unstarted), bulk: bulk,
            holders: holders?(unstarted),
            logger: logger, now: clock, onRunning: { continuation.yield(($0, $1 ?? 0)) })
        let group = ServiceGroup(services: [application], logger: logger)
        try await withThrowingTaskGroup(of: Void.self) { tasks in
            tasks.addTask {
                defer { continuation.finish() }
                try await group.run()
            }
            for await (port, metricsPort) in ports {
                let server = RunningServer(
                    port: port, metricsPort: metricsPort, folder: folder, root: root, key: key, statusKey: statusKey)
                do { try await body(server) } catch {
                    await group.triggerGracefulShutdown()
                    throw error
                }
                break
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
        }
    }

    static func publish(
        sequence: Int, days: Int? = nil, root: PrivateKey, key: PrivateKey, statusKey: PrivateKey? = nil,
        to path: String
    ) throws {
        let list = TrustList(
            iss: "测试鉴定中心", sequence: sequence, iat: now - 1000, nextUpdate: now + (days.map { $0 * 86_400 } ?? 1000),
            institutions: [SampleCertificate.institution(keys: [TrustList.Key(key.publicKey, from: 0)])],
            statusKeys: statusKey.map { [TrustList.Key($0.publicKey, from: 0)] })
        try DurableFile.replace(Array(list.signed(by: root).utf8), at: path)
    }

    func qrText(_ change: (inout CertificateClaims) -> Void = { _ in }) throws -> String {
        try SampleCertificate.qrText(by: key, change)
    }
}
