import HTTPSupport
import Hummingbird
import Logging
import Lookup
import NIOCore
import Publishing
import ServiceLifecycle
import Signing
import Trust

/// The verification service, composed once; tests change only its settings.
package enum SignetServer {
    /// What all bodies and answers of many bytes may hold together.
    private static let memoryByteCount = 256 << 20

    /// - Parameters:
    ///   - memory: what was published or seen before this server was started.
    ///   - documents: what an office may download; nil offers none.
    ///   - details: where the store is; nil for a server that has only what is published.
    ///   - now: seconds since 1970.
    ///   - lookup: finds certificates by number; nil where there is no store.
    ///   - holders: lets holders in; nil where there is no store.
    ///   - holderDocuments: what holders may download, each the own; nil offers none.
    ///   - record: whether acts can be recorded; nil where there is no store.
    ///   - services: what runs beside it for as long.
    ///   - onRunning: called with the port, and that of the metrics, once connections are accepted.
    package static func application(
        _ settings: ServerSettings, memory: PublicationMemory = PublicationMemory(),
        documents: DocumentDownloads? = nil, details: (any StatusDetailsSource)? = nil,
        lookup: (any CertificateLookup)? = nil, bulk: BulkService? = nil,
        holders: (any HolderSource)? = nil, holderDocuments: (any DocumentSource)? = nil,
        record: RecordHealth? = nil, services: [any Service] = [], logger: Logger,
        now: @escaping @Sendable () -> Int,
        onRunning: @escaping @Sendable (_ port: Int, _ metricsPort: Int?) async -> Void
    ) throws -> some ApplicationProtocol {
        let trust = PublishedTrust(path: settings.trustListPath, root: settings.root, memory: memory, logger: logger)
        let status = PublishedStatus(folder: settings.statusFolder, trust: trust, memory: memory, logger: logger)
        let parts = Parts(
            trust: trust, status: status, metrics: ServerMetrics(),
            clients: ClientAddress(trustedProxies: settings.trustedProxies),
            bodies: BodyReader(seconds: settings.bodySeconds, memory: MemoryBudget(byteCount: memoryByteCount)),
            limits: LookupLimits(logger: logger), workers: settings.workers, record: record, now: now)
        let router = Router(context: ServerContext.self, options: .autoGenerateHeadEndpoints)
        router.add(middleware: MetricsMiddleware(metrics: parts.metrics))
        router.add(middleware: HTTPManners())
        router.add(middleware: ProblemMiddleware())
        try parts.addPages(to: router, settings, hasLookup: lookup != nil, hasBulk: bulk != nil)
        parts.addPublished(to: router)
        parts.addQuestions(to: router, settings, lookup: lookup, details: details)
        if let holders { parts.add(holders, holderDocuments, to: router) }
        let desk = try bulk.map { try parts.add($0, lookup: lookup, to: router, logger: logger) }
        if let documents { parts.add(documents, to: router) }
        router.answerOtherMethods(publicPaths: ["/trust/list", "/status", "/status/{number}", "/trust/recorded/{kid}"])

        let metrics = settings.metrics.map { listener in
            MetricsListener(listener, logger: logger) { parts.exposition(lookup) }
        }
        let handlers = connectionHandlers(settings)
        var application = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: handlers(), idleTimeout: .seconds(Int64(settings.idleTimeout)))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.address, port: settings.port), serverName: "signet",
                availableConnectionsDelegate: .maximum(settings.maximumConnections, logger: logger)),
            onServerRunning: { channel in
                let metricsPort = await metrics?.ports.first { _ in true }
                await onRunning(channel.localAddress?.port ?? settings.port, metricsPort)
            },
            logger: logger)
        application.addServices(trust, status)
        if let record { application.addServices(record) }
        for service in services { application.addServices(service) }
        if let desk { application.addServices(desk) }
        if let metrics { application.addServices(metrics.service) }
        return application
    }

    /// How long a connection may do nothing, send slowly, or take slowly, and how many there may be.
    private static func connectionHandlers(
        _ settings: ServerSettings
    ) -> @Sendable () -> [any RemovableChannelHandler] {
        let counter = ConnectionCounter(
            most: settings.connectionsPerAddress, trustedProxies: settings.trustedProxies)
        let (head, whole) = (Int64(settings.idleTimeout), Int64(settings.requestTimeout))
        return {
            [
                ConnectionPlace(counter), RequestDeadline(head: .seconds(head), whole: .seconds(whole)),
                AnswerDeadline(settings.answers), RequestDrain(),
            ]
        }
    }
}
