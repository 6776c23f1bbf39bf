import Credential
import Errors
import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup
import Publishing
import Verification

/// What holders do: take up an invitation, sign in, see the certificate, and share it by a code.
struct HolderRoutes: Sendable {
    let source: any HolderSource
    /// Nil where the server makes no PDFs.
    let documents: (any DocumentSource)?
    let trust: PublishedTrust
    let status: PublishedStatus
    let clients: ClientAddress
    let bodies: BodyReader
    let devices: KnownDevices
    let now: @Sendable () -> Int

    var sessions: HolderSessions { HolderSessions(source: source) }
    let perClient = ClientLimiter(perMinute: 10, burst: 20)
    /// Counted for every number that is tried by a device not known for it, whether there is such a certificate or not.
    let perCertificate = RateLimiter(perMinute: 1, burst: 10)
    /// Of a device from which the holder came in before, which no stranger can use up.
    let perDevice = RateLimiter(perMinute: 2, burst: 10)
    let perOpener = ClientLimiter(perMinute: 30, burst: 20)
    private let perSession = RateLimiter(perMinute: 60, burst: 60)

    func add(to router: Router<ServerContext>) {
        router.post("/v1/holder/claim") { try await claim($0, $1) }
        router.post("/v1/holder/session") { try await signIn($0, $1) }
        router.get("/v1/holder/certificate") { request, _ in try await certificate(request) }
        router.get("/v1/holder/document") { request, _ in try await document(request) }
        router.post("/v1/holder/shares") { request, _ in try await share(request) }
        router.delete("/v1/holder/shares/:id") { try await cancel($0, $1) }
        router.post("/v1/share") { try await open($0, $1) }
    }

    private func certificate(_ request: Request) async throws -> Response {
        struct Answer: Encodable {
            var qrText: String
            var document: Bool
            var scores: HolderScores
            var photo: String?
            var shares: [HolderShare]
        }
        let key = try await holder(request)
        let held = try await source.certificate(key, withPhoto: true)
        let answer = try await Answer(
            qrText: held.qrText, document: documents != nil, scores: held.scores, photo: held.photoAddress,
            shares: goodShares(of: key))
        return try HolderAnswer.json(answer, verdict: verdict(held.qrText), echo: .all)
    }

    private func document(_ request: Request) async throws -> Response {
        let held = try await source.certificate(holder(request), withPhoto: false)
        guard let documents else { throw Problem.noDocuments }
        return try await documents.pdf(of: held.number, bodies.memory)
    }

    /// The certificate of whoever has signed in.
    func holder(_ request: Request) async throws -> CertificateKey {
        guard let token = request.bearerToken,
            let certificate = try await sessions.certificate(token: token, now: now())
        else { throw Problem.noSession }
        try admit(perSession, certificate.description)
        return certificate
    }

    func verdict(_ qrText: String) throws -> Verdict {
        try SealVerifier(trust: trust.snapshot.source, status: status.snapshot.source, now: now(), isTrustCurrent: true)
            .verify(qrText: qrText)
    }

    func admit(_ limiter: RateLimiter, _ key: String) throws {
        if let delay = limiter.delay(for: key, now: MonotonicClock.seconds) {
            throw Problem.tooManyRequests(after: delay)
        }
    }

    func admit(_ limiter: ClientLimiter, _ client: Client) throws {
        if let delay = limiter.delay(for: client, now: MonotonicClock.seconds) {
            throw Problem.tooManyRequests(after: delay)
        }
    }

    func body<Body: Decodable>(of request: Request) async throws -> Body {
        try await bodies.json(
            of: request, upTo: 8192,
            expected: BilingualText(
                zh: "请给出 /v1/openapi.json 中此请求的各个成员。",
                en: "Give the members that /v1/openapi.json names for this request."))
    }
}
