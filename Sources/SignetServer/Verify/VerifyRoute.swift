import Credential
import Errors
import HTTPSupport
import HTTPTypes
import Hummingbird
import NIOCore
import Publishing
import Verification

/// `POST /v1/verify`: one seal, or a list, by their QR texts or digits.
struct VerifyRoute: Sendable {
    static let maximumSealCount = 2000

    let trust: PublishedTrust
    let status: PublishedStatus
    let metrics: ServerMetrics
    let bodies: BodyReader
    let maximumBodyByteCount: Int
    let now: @Sendable () -> Int

    struct Body: Decodable {
        var seal: String?
        var seals: [String]?
    }

    func handle(_ request: Request) async throws -> Response {
        let body = try await decodedBody(of: request)
        let verifier = SealVerifier(
            trust: trust.snapshot.source, status: status.snapshot.source, now: now(), isTrustCurrent: true)
        var json: [UInt8] = []
        if let seal = body.seal {
            json.reserveCapacity(1024)
            try append(verifier.verify(qrText: seal), to: &json)
        } else if let seals = body.seals {
            json.append(contentsOf: #"{"verdicts":["#.utf8)
            for (position, seal) in seals.enumerated() {
                if position > 0 { json.append(0x2C) }
                try append(verifier.verify(qrText: seal), to: &json)
                // Others are waiting for this thread, too.
                if position % 16 == 15 { await Task.yield() }
            }
            json.append(contentsOf: "]}".utf8)
        }
        return try Response(
            status: .ok, headers: [.contentType: "application/json", .cacheControl: "no-store"],
            body: AnswerBody.bytes(json, bodies.memory))
    }

    private func append(_ verdict: Verdict, to json: inout [UInt8]) {
        metrics.count(verdict.outcome)
        verdict.appendJSON(to: &json)
    }

    private func decodedBody(of request: Request) async throws -> Body {
        let expected = BilingualText(
            zh: "请给出 seal（文本）或 seals（文本列表）之一。",
            en: "Give either seal (text) or seals (a list of texts).")
        let body = try await bodies.json(Body.self, of: request, upTo: maximumBodyByteCount, expected: expected)
        guard (body.seal == nil) != (body.seals == nil) else {
            throw Problem.badRequest(zh: expected.zh, en: expected.en)
        }
        guard body.seals?.count ?? 1 <= Self.maximumSealCount else {
            throw Problem.badRequest(
                zh: "一个列表最多 \(Self.maximumSealCount) 份，请分几次提交。",
                en: "A list has at most \(Self.maximumSealCount) seals; send several.")
        }
        return body
    }
}
