import HTTPTypes
import Hummingbird
import Logging
import ServiceLifecycle
import Signing
import Trust
import Verification

/// The verification service, composed once; tests change only its settings.
package enum SignetServer {
    /// - Parameters:
    ///   - documents: what an office may download; nil offers none.
    ///   - details: where the store is; nil for a server that has only what is published.
    ///   - now: seconds since 1970.
    ///   - lookup: finds certificates by number; nil where there is no store.
    ///   - holders: lets holders in; nil where there is no store.
    ///   - holderDocuments: what holders may download, each the own; nil offers none.
    ///   - services: what runs beside it for as long.
    ///   - onRunning: called with the port once connections are accepted.
    package static func application(
        _ settings: ServerSettings, documents: DocumentDownloads? = nil, details: (any StatusDetailsSource)? = nil,
        lookup: (any CertificateLookup)? = nil, bulk: BulkService? = nil,
        holders: (any HolderSource)? = nil, holderDocuments: (any DocumentSource)? = nil,
        services: [any Service] = [], logger: Logger,
        now: @escaping @Sendable () -> Int,
        onRunning: @escaping @Sendable (Int) async -> Void
    ) throws -> some ApplicationProtocol {
        let trust = PublishedTrust(path: settings.trustListPath, root: settings.root, logger: logger)
        let status = PublishedStatus(folder: settings.statusFolder, trust: trust, logger: logger)
        let metrics = ServerMetrics()
        let perCertificate = LookupRoute.certificateLimiter()
        let router = try router(
            settings, lookup: lookup, perCertificate: perCertificate, hasBulk: bulk != nil, trust: trust,
            status: status,
            metrics: metrics, now: now)
        if let holders {
            HolderRoutes(
                source: holders, documents: holderDocuments, trust: trust, status: status,
                clients: ClientAddress(trustedProxy: settings.trustedProxy),
                bodies: BodyReader(seconds: settings.bodySeconds), now: now
            ).add(to: router)
        }
        let desk = try bulk.map { service in
            try VerificationDesk(
                VerificationWorker(
                    trust: trust, status: status, metrics: metrics, service: service, lookup: lookup,
                    perCertificate: perCertificate, now: now, workers: settings.workers), logger: logger)
        }
        if let desk {
            let gate = Gate(keys: bulk?.keys, clients: ClientAddress(trustedProxy: settings.trustedProxy))
            VerificationsRoute(desk: desk, gate: gate).add(to: router)
        }
        let detailsRoute = StatusDetailsRoute(source: details, bodies: BodyReader(seconds: settings.bodySeconds))
        router.post("/v1/status-details") { request, _ in try await detailsRoute.handle(request) }
        if let documents {
            router.get("/v1/documents/:number") { request, context in
                try await documents.document(context.parameters.require("number"), request)
            }
            router.get("/v1/batches/:number/documents.zip") { request, context in
                try await documents.archive(context.parameters.require("number"), request)
            }
        }
        var application = Application(
            router: router,
            server: .http1(
                configuration: .init(
                    additionalChannelHandlers: [
                        RequestDeadline(
                            head: .seconds(Int64(settings.idleTimeout)), whole: .seconds(Int64(settings.requestTimeout))
                        )
                    ], idleTimeout: .seconds(Int64(settings.idleTimeout)))),
            configuration: ApplicationConfiguration(
                address: .hostname(settings.address, port: settings.port), serverName: "signet",
                availableConnectionsDelegate: .maximum(settings.maximumConnections, logger: logger)),
            onServerRunning: { channel in await onRunning(channel.localAddress?.port ?? settings.port) },
            logger: logger)
        application.addServices(trust, status)
        for service in services { application.addServices(service) }
        if let desk { application.addServices(desk) }
        return application
    }

    private static func router(
        _ settings: ServerSettings, lookup: (any CertificateLookup)?, perCertificate: RateLimiter, hasBulk: Bool,
        trust: PublishedTrust, status: PublishedStatus, metrics: ServerMetrics, now: @escaping @Sendable () -> Int
    ) throws -> Router<ServerContext> {
        let authority = if case .list(let list) = trust.snapshot.source { list.list.iss } else { "" }
        let pages = try Pages(authority: authority, root: settings.root, hasLookup: lookup != nil, hasBulk: hasBulk)
        let bodies = BodyReader(seconds: settings.bodySeconds)
        let verify = VerifyRoute(
            trust: trust, status: status, metrics: metrics, bodies: bodies,
            maximumBodyByteCount: settings.maximumBodyByteCount,
            now: now)

        let statusRoute = StatusRoute(status: status, now: now)
        let health = StatusHealth(status: status, now: now)

        let clients = ClientAddress(trustedProxy: settings.trustedProxy)
        let photo = PhotoRoute(clients: clients, bodies: bodies, workers: settings.workers)
        let document = DocumentRoute(
            clients: clients, bodies: bodies, trust: trust, status: status, metrics: metrics, now: now,
            workers: settings.workers)
        let number = LookupRoute(
            lookup: lookup, trust: trust, status: status, metrics: metrics, clients: clients,
            bodies: bodies, perCertificate: perCertificate, now: now)

        let router = Router(context: ServerContext.self)
        router.add(middleware: MetricsMiddleware(metrics: metrics))
        router.add(middleware: ProblemMiddleware())
        router.get("/") { request, _ in pages.pageResponse(request) }
        router.get("/c") { request, _ in pages.pageResponse(request) }
        if hasBulk { router.get("/bulk") { request, _ in pages.bulkResponse(request) } }
        router.get("/h") { request, _ in pages.holderResponse(request) }
        router.get("/s") { request, _ in pages.holderResponse(request) }
        router.get("/v1/openapi.json") { request, _ in pages.apiResponse(request) }
        router.get("/sw.js") { request, _ in pages.workerResponse(request) }
        router.get("/assets/:name") { request, context in
            try pages.assetResponse(context.parameters.require("name"), request)
        }
        router.post("/v1/verify") { request, _ in try await verify.handle(request) }
        router.post("/v1/decode") { request, context in try await photo.handle(request, context) }
        router.post("/v1/verify-document") { request, context in try await document.handle(request, context) }
        router.post("/v1/lookup") { request, context in try await number.handle(request, context) }
        router.get("/trust/list") { request, _ in try trustList(trust, request) }
        router.get("/status") { _, _ in try statusRoute.aggregation() }
        router.get("/status/:number") { request, context in
            try statusRoute.list(context.parameters.require("number"), request)
        }
        router.get("/trust/recorded/:kid") { _, context in
            try recordedSeals(trust, of: context.parameters.require("kid"))
        }
        router.get("/healthz") { _, _ in text("ok\n") }
        router.get("/readyz") { _, _ in
            guard case .list(let list) = trust.snapshot.source, now() <= list.list.nextUpdate else {
                throw Problem.unavailable
            }
            return text((["ready"] + (try health.warnings())).joined(separator: "\n") + "\n")
        }
        router.get("/metrics") { _, _ in
            text(metrics.exposition + health.exposition + number.exposition, type: "text/plain; version=0.0.4")
        }
        return router
    }

    private static func trustList(_ trust: PublishedTrust, _ request: Request) throws -> Response {
        let snapshot = trust.snapshot
        guard let jws = snapshot.jws else { throw Problem.unavailable }
        var headers: HTTPFields = [
            .contentType: "application/jose", .cacheControl: "max-age=60", .accessControlAllowOrigin: "*",
            .vary: "Accept-Encoding",
        ]
        if let compressed = snapshot.compressed, Gzip.isAccepted(by: request) {
            headers[.contentEncoding] = "gzip"
            return Response(
                status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(bytes: compressed)))
        }
        return Response(status: .ok, headers: headers, body: ResponseBody(byteBuffer: ByteBuffer(string: jws)))
    }

    private static func recordedSeals(_ trust: PublishedTrust, of kid: String) throws -> Response {
        guard case .list(let list) = trust.snapshot.source,
            let seals = KeyID(hex: kid).flatMap({ list.recordedSeals(of: $0) })
        else { throw Problem.notFound(kid) }
        return Response(
            status: .ok,
            headers: [
                .contentType: "application/octet-stream", .cacheControl: "max-age=60",
                .accessControlAllowOrigin: "*",
            ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: seals.bytes)))
    }

    private static func text(_ text: String, type: String = "text/plain; charset=utf-8") -> Response {
        Response(
            status: .ok, headers: [.contentType: type, .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }
}
