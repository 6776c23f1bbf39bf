import Bulk
import HTTPSupport
import HTTPTypes
import Hummingbird
import Parsing
import Publishing
import Verification

/// `POST /v1/verify-document`: a signed PDF. It is held in memory while it is checked, and nowhere else.
struct DocumentRoute: Sendable {
    private let desk: UploadDesk
    private let trust: PublishedTrust
    private let status: PublishedStatus
    private let metrics: ServerMetrics
    private let now: @Sendable () -> Int
    private let workers: ParsingPool

    init(
        clients: ClientAddress, bodies: BodyReader, trust: PublishedTrust, status: PublishedStatus,
        metrics: ServerMetrics,
        now: @escaping @Sendable () -> Int, workers: ParsingPool
    ) {
        self.workers = workers
        desk = UploadDesk(
            "documents", clients: clients, bodies: bodies, maximumByteCount: DocumentVerifier.maximumByteCount)
        (self.trust, self.status, self.metrics, self.now) = (trust, status, metrics, now)
    }

    func handle(_ request: Request, _ context: ServerContext) async throws -> Response {
        let verdict = try await desk.take(request, context) { [trust, status, now, workers] pdf in
            guard DocumentVerifier.isPDF(pdf) else { throw Problem.notADocument }
            let verifier = DocumentVerifier(
                trust: trust.snapshot.source, status: status.snapshot.source, now: now(), isTrustCurrent: true)
            do {
                return try verifier.verify(pdf, by: workers)
            } catch let failure as ParsingFailure { throw Problem(failure) }
        }
        metrics.count(verdict.outcome)
        var json: [UInt8] = []
        // Whoever has the document has all of it.
        verdict.appendJSON(to: &json)
        return Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: ResponseBody(byteBuffer: ByteBuffer(bytes: json)))
    }
}

extension Problem {
    fileprivate static let notADocument = Problem(
        status: .unsupportedMediaType, type: "not-a-pdf", zh: "这不是 PDF。请提交收到的原文件。",
        en: "This is not a PDF; send the file as it was received.",
        headers: [.accept: "application/pdf"])
}
