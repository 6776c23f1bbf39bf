import HTTPTypes
import Hummingbird
import Verification

/// What holders do: take up an invitation, sign in, see the certificate, and share it by a code.
struct HolderRoutes: Sendable {
    let source: any HolderSource
    let documents: DocumentDownloads?
    let trust: PublishedTrust
    let status: PublishedStatus
    let clients: ClientAddress
    let bodies: BodyReader
    let now: @Sendable () -> Int

    private let sessions = HolderSessions()
    private let perClient = RateLimiter(perMinute: 10, burst: 20)
    /// Counted for every number that is tried, whether there is such a certificate or not.
    private let perCertificate = RateLimiter(perMinute: 1, burst: 10)
    private let perOpener = RateLimiter(perMinute: 30, burst: 20)
    private let perSession = RateLimiter(perMinute: 60, burst: 60)

    init(
        source: any HolderSource, documents: DocumentDownloads?, trust: PublishedTrust, status: PublishedStatus,
        clients: ClientAddress, bodies: BodyReader, now: @escaping @Sendable () -> Int
    ) {
        self.source = source
        self.documents = documents
        self.trust = trust
        self.status = status
        self.clients = clients
        self.bodies = bodies
        self.now = now
    }

    func add(to router: Router<ServerContext>) {
        router.post("/v1/holder/claim") { try await claim($0, $1) }
        router.post("/v1/holder/session") { try await signIn($0, $1) }
        router.get("/v1/holder/certificate") { request, _ in try await certificate(request) }
        router.get("/v1/holder/document") { request, _ in try await document(request) }
        router.post("/v1/holder/shares") { request, _ in try await share(request) }
        router.delete("/v1/holder/shares/:id") { try await cancel($0, $1) }
        router.post("/v1/share") { try await open($0, $1) }
    }

    private func claim(_ request: Request, _ context: ServerContext) async throws -> Response {
        struct Body: Decodable {
            var token: String
            var passphrase: String
        }
        try admit(perClient, clients.of(request, context))
        let body: Body = try await self.body(of: request)
        guard body.passphrase.count >= 10, body.passphrase.utf8.count <= 1000, body.token.utf8.count <= 100 else {
            throw Problem.badRequest("give token and passphrase (10 characters or more)")
        }
        guard let certificate = try await source.claim(body.token, passphrase: body.passphrase) else {
            throw Problem.noInvitation
        }
        sessions.endAll(of: certificate)
        return try session(certificate)
    }

    private func signIn(_ request: Request, _ context: ServerContext) async throws -> Response {
        struct Body: Decodable {
            var number: String
            var passphrase: String
        }
        try admit(perClient, clients.of(request, context))
        let body: Body = try await self.body(of: request)
        guard (1...64).contains(body.number.utf8.count), (1...1000).contains(body.passphrase.utf8.count) else {
            throw Problem.badRequest("give number and passphrase")
        }
        try admit(perCertificate, body.number)
        guard let certificate = try await source.signIn(number: body.number, passphrase: body.passphrase) else {
            throw Problem.wrongPassphrase
        }
        return try session(certificate)
    }

    private func session(_ certificate: Int64) throws -> Response {
        struct Answer: Encodable {
            var session: String
            var seconds = HolderSessions.seconds
        }
        return try HolderAnswer.json(Answer(session: sessions.begin(certificate, now: MonotonicClock.seconds)))
    }

    private func certificate(_ request: Request) async throws -> Response {
        struct Answer: Encodable {
            var qrText: String
            var document: Bool
            var scores: HolderScores
            var shares: [HolderShare]
        }
        let key = try holder(request)
        let held = try await source.certificate(key)
        let answer = try await Answer(
            qrText: held.qrText, document: documents != nil, scores: held.scores, shares: source.shares(of: key))
        return try HolderAnswer.json(answer, verdict: verdict(held.qrText), echo: .all)
    }

    private func document(_ request: Request) async throws -> Response {
        let held = try await source.certificate(holder(request))
        guard let documents else { throw Problem.noDocuments }
        return try await documents.pdf(of: held.number)
    }

    private func share(_ request: Request) async throws -> Response {
        struct Body: Decodable {
            var days: Int
            var scores: Bool
        }
        struct Answer: Encodable {
            var code: String
            var share: HolderShare
        }
        let key = try holder(request)
        let body: Body = try await self.body(of: request)
        guard (1...365).contains(body.days) else { throw Problem.badRequest("days must be between 1 and 365") }
        guard let (share, code) = try await source.share(key, days: body.days, showsScores: body.scores) else {
            throw Problem.tooManyShares
        }
        return try HolderAnswer.json(Answer(code: code, share: share))
    }

    private func cancel(_ request: Request, _ context: ServerContext) async throws -> Response {
        let key = try holder(request)
        guard try await source.cancelShare(context.parameters.require("id"), of: key) else { throw Problem.noShare }
        return Response(status: .noContent)
    }

    private func open(_ request: Request, _ context: ServerContext) async throws -> Response {
        struct Body: Decodable { var code: String }
        struct Answer: Encodable {
            var scores: HolderScores?
            var expiresAt: Int
        }
        try admit(perOpener, clients.of(request, context))
        let body: Body = try await self.body(of: request)
        guard let opened = try await source.open(code: body.code) else { throw Problem.noShare }
        // Without the certificate's random identity, which opens more.
        return try HolderAnswer.json(
            Answer(scores: opened.scores, expiresAt: opened.expiresAt), verdict: verdict(opened.qrText), echo: .name)
    }

    private func holder(_ request: Request) throws -> Int64 {
        let scheme = "Bearer "
        guard let header = request.headers[.authorization], header.hasPrefix(scheme), header.utf8.count <= 100,
            let certificate = try sessions.certificate(
                token: header.dropFirst(scheme.count), now: MonotonicClock.seconds)
        else { throw Problem.noSession }
        try admit(perSession, String(certificate))
        return certificate
    }

    private func verdict(_ qrText: String) throws -> Verdict {
        try SealVerifier(trust: trust.snapshot.source, status: status.snapshot.source, now: now(), isTrustCurrent: true)
            .verify(qrText: qrText)
    }

    private func admit(_ limiter: RateLimiter, _ key: String) throws {
        if let delay = limiter.delay(for: key, now: MonotonicClock.seconds) {
            throw Problem.tooManyRequests(after: delay)
        }
    }

    private func body<Body: Decodable>(of request: Request) async throws -> Body {
        try await bodies.json(
            of: request, upTo: 8192, expected: "give the members that /v1/openapi.json names for this request")
    }
}
