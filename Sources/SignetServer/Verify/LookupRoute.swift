import Credential
import Errors
import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup
import NIOCore
import Publishing
import Verification

/// `POST /v1/lookup`: a certificate by its number and its holder's name, or the last six characters of the
/// identity number. A number alone tells nothing: numbers are given in order.
struct LookupRoute: Sendable {
    private static let maximumByteCount = 4096
    private static let answerHeaders: HTTPFields = [.contentType: "application/json", .cacheControl: "no-store"]
    /// Every refusal takes this long from when the question came, whatever was its reason.
    private static let refusalSeconds = 0.025
    /// And this long while numbers are being guessed.
    private static let slowRefusalSeconds = 1.0

    let lookup: (any CertificateLookup)?
    let trust: PublishedTrust
    let status: PublishedStatus
    let metrics: ServerMetrics
    let clients: ClientAddress
    let bodies: BodyReader
    let now: @Sendable () -> Int

    private let perClient = ClientLimiter(perMinute: 30, burst: 20)
    private let limits: LookupLimits

    init(
        lookup: (any CertificateLookup)?, trust: PublishedTrust, status: PublishedStatus, metrics: ServerMetrics,
        clients: ClientAddress, bodies: BodyReader, limits: LookupLimits, now: @escaping @Sendable () -> Int
    ) {
        self.limits = limits
        self.lookup = lookup
        self.trust = trust
        self.status = status
        self.metrics = metrics
        self.clients = clients
        self.bodies = bodies
        self.now = now
    }

    struct Body: Decodable {
        var number: String
        var name: String?
        var idLastSix: String?

        var holder: LookupHolder? {
            switch (name, idLastSix) {
            case (let name?, nil) where !name.isEmpty && name.utf8.count <= 200: .name(name)
            case (nil, let id?) where id.utf8.count == 6: .idLastSix(id.uppercased())
            default: nil
            }
        }
    }

    nonisolated(nonsending) func handle(_ request: Request, _ context: ServerContext) async throws -> Response {
        let start = MonotonicClock.seconds
        guard let lookup else { throw Problem.noLookup }
        let client = clients.of(request, context)
        if let delay = perClient.delay(for: client, now: start) { throw Problem.tooManyRequests(after: delay) }
        let (number, holder) = try await question(in: request)
        if let delay = limits.delay(for: number, client: client) { throw Problem.tooManyRequests(after: delay) }
        guard let match = try await lookup.certificate(numbered: number, isOf: holder) else {
            let isGuessed = limits.countNoMatch(client: client)
            let whole = isGuessed ? Self.slowRefusalSeconds : Self.refusalSeconds
            let rest = start + whole - MonotonicClock.seconds
            if rest > 0 { try await Task.sleep(for: .seconds(rest)) }
            throw Problem.noMatch
        }
        let verifier = SealVerifier(
            trust: trust.snapshot.source, status: status.snapshot.source, now: now(), isTrustCurrent: true,
            checked: lookup.checked)
        return try answer(verifier.verify(match.seal), to: holder)
    }

    /// The verdict without the certificate's identity, and without a name that the asker did not give.
    private func answer(_ verdict: Verdict, to holder: LookupHolder) throws -> Response {
        metrics.count(verdict.outcome)
        var json: [UInt8] = []
        // Of most answers; a thousand more would leave the allocator's quick path.
        json.reserveCapacity(768)
        switch holder {
        case .name: verdict.appendJSON(to: &json, echo: .name)
        case .idLastSix: verdict.appendJSON(to: &json, echo: .maskedName)
        }
        return Response(
            status: .ok, headers: Self.answerHeaders, body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }

    private nonisolated(nonsending) func question(in request: Request) async throws -> (CertificateNumber, LookupHolder)
    {
        let expected = BilingualText(
            zh: "请给出 number，以及 name 或 idLastSix（六个字符）。",
            en: "Give number and either name or idLastSix (six characters).")
        let body = try await bodies.json(Body.self, of: request, upTo: Self.maximumByteCount, expected: expected)
        guard let holder = body.holder else { throw Problem.badRequest(zh: expected.zh, en: expected.en) }
        return (try CertificateNumber(written: body.number), holder)
    }
}
