import Foundation
import Testing

@Suite struct VerifyRouteTests {
    private struct Answer: Decodable {
        var verdict: String
        var reason: String?
    }

    private struct Answers: Decodable { var verdicts: [Answer] }
    private struct ProblemDocument: Decodable {
        var type: String
        var title: String
        var status: Int
        var detail: String
        var detailZh: String
    }

    private func decode<T: Decodable>(_ type: T.Type, _ response: HTTPClient.Response) throws -> T {
        try JSONDecoder().decode(type, from: Data(response.body.utf8))
    }

    @Test("one seal, or a list in its order")
    func verdicts() async throws {
        try await RunningServer.with { server in
            let good = try server.qrText()
            let digits = String(good.split(separator: "#")[1])
            let bad = String(good.dropLast(3)) + "001"
            let one = try await HTTPClient.verify(#"{"seal":"\#(good)"}"#, port: server.port)
            #expect(one.status == 200 && one.headers["content-type"] == "application/json")
            #expect(try decode(Answer.self, one).verdict == "valid")
            #expect(one.body.contains("王小明"))
            let many = try await HTTPClient.verify(#"{"seals":["\#(digits)","\#(bad)","hello"]}"#, port: server.port)
            let verdicts = try decode(Answers.self, many).verdicts
            #expect(verdicts.map(\.verdict) == ["valid", "not-valid", "could-not-check"])
            #expect(verdicts[2].reason == "not-a-seal")
            #expect(try await !HTTPClient.verify(#"{"seal":"\#(bad)"}"#, port: server.port).body.contains("王小明"))
            let metrics = try await HTTPClient.request("GET", "/metrics", port: server.metricsPort).body
            #expect(metrics.contains(#"signet_verdicts_total{verdict="valid"} 2"#))
            #expect(!metrics.contains("王小明"))
        }
    }

    @Test(
        "what cannot be understood is a problem document",
        arguments: [
            ("POST", "/v1/verify", "application/json", "{}", 400, "malformed-request"),
            ("POST", "/v1/verify", "application/json", "not json", 400, "malformed-request"),
            ("POST", "/v1/verify", "application/json", #"{"seal":1}"#, 400, "malformed-request"),
            ("POST", "/v1/verify", "application/json", #"{"seal":"1","seals":[]}"#, 400, "malformed-request"),
            ("POST", "/v1/verify", "text/plain", #"{"seal":"1"}"#, 415, "unsupported-media-type"),
            ("GET", "/nowhere", "text/plain", "", 404, "not-found"),
            ("GET", "/assets/../keys/root.key", "text/plain", "", 404, "not-found"),
            ("GET", "/assets/page.html", "text/plain", "", 404, "not-found"),
        ])
    func problems(
        _ method: String, _ path: String, _ type: String, _ body: String, _ status: Int, _ problem: String
    ) async throws {
        try await RunningServer.with { server in
            let response = try await HTTPClient.request(
                method, path, port: server.port, headers: ["Content-Type": type], body: body)
            #expect(response.status == status)
            #expect(response.headers["content-type"] == "application/problem+json")
            let document = try decode(ProblemDocument.self, response)
            #expect(document.type == "/problems/\(problem)" && document.status == status)
            let han = try Regex("\\p{Script=Han}")
            #expect(document.detailZh.contains(han) && !document.detail.isEmpty && !document.detail.contains(han))
        }
    }

    @Test("a list is at most 2,000 long, a body at most its limit")
    func limits() async throws {
        try await RunningServer.with(maximumBodyByteCount: 20_000) { server in
            let long = #"{"seals":[\#([String](repeating: "\"1\"", count: 2001).joined(separator: ","))]}"#
            #expect(try await HTTPClient.verify(long, port: server.port).status == 400)
            let big = #"{"seal":"\#(String(repeating: "1", count: 30_000))"}"#
            let response = try await HTTPClient.verify(big, port: server.port)
            #expect(response.status == 413 && response.body.contains("too-large"))
        }
    }
}
