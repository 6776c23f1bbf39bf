import HTTPSupport
import HTTPTypes
import Hummingbird
import Logging
import Lookup
import NIOCore
import Parsing
import Publishing
import Signing
import Trust
import Verification

extension SignetServer {
    /// What the routes share. Each feature adds its own.
    struct Parts: Sendable {
        let trust: PublishedTrust
        let status: PublishedStatus
        let metrics: ServerMetrics
        let clients: ClientAddress
        let bodies: BodyReader
        let limits: LookupLimits
        let workers: ParsingPool
        let record: RecordHealth?
        let now: @Sendable () -> Int

        func addPages(
            to router: Router<ServerContext>, _ settings: ServerSettings, hasLookup: Bool, hasBulk: Bool
        ) throws {
            let authority = if case .list(let list) = trust.snapshot.source { list.list.iss } else { "" }
            let pages = try Pages(authority: authority, root: settings.root, hasLookup: hasLookup, hasBulk: hasBulk)
            // Some apps change an address: its case, or the # to %23 and with it the digits to a part of the path.
            for path in ["/", "/c", "/C", "/c/**", "/C/**", "/c%*", "/C%*"] {
                router.get(RouterPath(path)) { request, _ in pages.pageResponse(request) }
            }
            if hasBulk { router.get("/bulk") { request, _ in pages.bulkResponse(request) } }
            router.get("/h") { request, _ in pages.holderResponse(request) }
            router.get("/s") { request, _ in pages.holderResponse(request) }
            router.get("/v1/openapi.json") { request, _ in pages.apiResponse(request) }
            router.get("/sw.js") { request, _ in pages.workerResponse(request) }
            router.get("/assets/:name") { request, context in
                try pages.assetResponse(context.parameters.require("name"), request)
            }
        }

        /// What verifiers need, and whether it is in force.
        func addPublished(to router: Router<ServerContext>) {
            let lists = StatusRoute(status: status, now: now)
            let health = StatusHealth(status: status, trust: trust, now: now)
            let trustRoute = TrustRoute(trust: trust)
            router.get("/trust/list") { request, _ in try trustRoute.list(request) }
            router.get("/trust/recorded/:kid") { _, context in
                try trustRoute.recordedSeals(of: context.parameters.require("kid"))
            }
            router.get("/status") { _, _ in try lists.aggregation() }
            router.get("/status/:number") { request, context in
                try lists.list(context.parameters.require("number"), request)
            }
            router.get("/healthz") { _, _ in Self.text("ok\n") }
            router.get("/readyz") { _, _ in
                try await record?.require()
                return Self.text((["ready"] + (try health.warnings())).joined(separator: "\n") + "\n")
            }
        }

        func addQuestions(
            to router: Router<ServerContext>, _ settings: ServerSettings, lookup: (any CertificateLookup)?,
            details: (any StatusDetailsSource)?
        ) {
            let verify = VerifyRoute(
                trust: trust, status: status, metrics: metrics, bodies: bodies,
                maximumBodyByteCount: settings.maximumBodyByteCount, now: now)
            let photo = PhotoRoute(clients: clients, bodies: bodies, workers: workers)
            let document = DocumentRoute(
                clients: clients, bodies: bodies, trust: trust, status: status, metrics: metrics, now: now,
                workers: workers)
            let number = LookupRoute(
                lookup: lookup, trust: trust, status: status, metrics: metrics, clients: clients, bodies: bodies,
                limits: limits, now: now)
            let detailsRoute = StatusDetailsRoute(source: details, bodies: bodies)
            router.post("/v1/verify") { request, _ in try await verify.handle(request) }
            router.post("/v1/decode") { request, context in try await photo.handle(request, context) }
            router.post("/v1/verify-document") { request, context in try await document.handle(request, context) }
            router.post("/v1/lookup") { request, context in try await number.handle(request, context) }
            router.post("/v1/status-details") { request, _ in try await detailsRoute.handle(request) }
        }

        func add(
            _ holders: any HolderSource, _ documents: (any DocumentSource)?, to router: Router<ServerContext>
        ) {
            HolderRoutes(
                source: holders, documents: documents, trust: trust, status: status, clients: clients, bodies: bodies,
                devices: KnownDevices(key: holders.deviceKey, now: now), now: now
            ).add(to: router)
        }

        func add(
            _ bulk: BulkService, lookup: (any CertificateLookup)?, to router: Router<ServerContext>, logger: Logger
        ) throws -> VerificationDesk {
            let desk = try VerificationDesk(
                VerificationWorker(
                    trust: trust, status: status, metrics: metrics, service: bulk, lookup: lookup, limits: limits,
                    now: now, workers: workers), logger: logger)
            VerificationsRoute(desk: desk, gate: Gate(keys: bulk.keys, clients: clients)).add(to: router)
            return desk
        }

        func add(_ documents: DocumentDownloads, to router: Router<ServerContext>) {
            router.get("/v1/documents/:number") { request, context in
                try await documents.document(context.parameters.require("number"), request, bodies.memory)
            }
            router.get("/v1/batches/:number/documents.zip") { request, context in
                try await documents.archive(context.parameters.require("number"), request)
            }
        }

        func exposition(_ lookup: (any CertificateLookup)?) -> String {
            let health = StatusHealth(status: status, trust: trust, now: now)
            return metrics.exposition + health.exposition + (lookup.map { limits.exposition($0) } ?? "")
                + bodies.memory.exposition + parsingExposition + (record?.exposition ?? "")
        }

        private var parsingExposition: String {
            """
            # HELP signet_parsing_failures_total Files that ended the worker that read them, or were not read in time.
            # TYPE signet_parsing_failures_total counter
            signet_parsing_failures_total \(workers.failureCount)

            """
        }

        private static func text(_ text: String) -> Response {
            Response(
                status: .ok, headers: [.contentType: "text/plain; charset=utf-8", .cacheControl: "no-store"],
                body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
        }
    }
}
