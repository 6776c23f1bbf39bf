import Foundation
import Lookup
import SignetServer
import Signing
import TestSupport
import Testing

/// One good key.
private struct OneKey: APIKeySource {
    static let text = "signet_test"

    func key(digest: [UInt8]) async throws -> APIKey? {
        guard digest == (try SHA256.digest(Self.text.utf8)) else { return nil }
        return APIKey(id: "1", scopes: [.verify], perMinute: 600)
    }
}

@Suite(.serialized) struct VerificationsTests {
    private static let service = BulkService(keys: OneKey(), receiptKey: nil, tool: "test/1")

    private func send(
        _ body: String, _ port: Int, key: String? = OneKey.text, _ more: [String: String] = [:]
    ) async throws -> HTTPClient.Response {
        var headers = ["Content-Type": "text/csv"].merging(more) { $1 }
        headers["Authorization"] = key.map { "Bearer \($0)" }
        return try await HTTPClient.request("POST", "/v1/verifications", port: port, headers: headers, body: body)
    }

    /// - Parameter address: of a stranger behind the trusted proxy; with the key when nil.
    private func look(
        _ path: String, _ port: Int, method: String = "GET", from address: String? = nil
    ) async throws -> HTTPClient.Response {
        let headers = address.map { ["X-Forwarded-For": $0] } ?? ["Authorization": "Bearer \(OneKey.text)"]
        return try await HTTPClient.request(method, path, port: port, headers: headers)
    }

    /// The state when it has ended.
    private func ended(_ path: String, _ port: Int, from address: String? = nil) async throws -> String {
        for _ in 0..<500 {
            let body = try await look(path, port, from: address).body
            if body.contains(#""state":"done""#) || body.contains(#""state":"failed""#) { return body }
            try await Task.sleep(for: .milliseconds(20))
        }
        return "never"
    }

    @Test("rows come back with their verdicts, until they are deleted")
    func result() async throws {
        try await RunningServer.with(bulk: Self.service) { server in
            let taken = try await send("a,qr\n1,\(server.qrText())\n2,12345\n", server.port)
            #expect(taken.status == 202)
            let path = try #require(taken.headers["location"])
            let state = try await ended(path, server.port)
            #expect(state.contains(#""verdicts":{"could-not-check":1,"not-valid":0,"valid":1}"#), "\(state)")
            let lines = try await look(path + "/result", server.port).body.split(separator: "\r\n")
            #expect(
                lines.count == 3 && lines[1].contains(",valid,") && lines[2].contains(",could-not-check,not-a-seal,"))
            let exceptions = try await look(path + "/exceptions", server.port)
            #expect(exceptions.headers["content-type"] == "application/json")
            #expect(exceptions.body.contains(#""reason":"not-a-seal""#) && exceptions.body.contains(#""row":3"#))
            #expect(!exceptions.body.contains(#""row":2"#))
            #expect(try await look(path + "/receipt", server.port).body.contains("no-receipt"))
            #expect(try await look(path, server.port, method: "DELETE").status == 204)
            #expect(try await look(path + "/result", server.port).status == 404)
            #expect(try await look(path + "/exceptions", server.port).status == 404)
        }
    }

    @Test("a file that cannot be checked fails with its reason, and not the server")
    func failures() async throws {
        try await RunningServer.with(bulk: Self.service) { server in
            let taken = try await send("姓名,学号\n王,1\n", server.port)
            let state = try await ended(try #require(taken.headers["location"]), server.port)
            #expect(state.contains("/problems/no-columns"), "\(state)")
            #expect(try await send("", server.port).body.contains("/problems/empty"))
            #expect(try await send("PK\u{3}\u{4}not a zip", server.port).body.contains("/problems/damaged"))
            #expect(try await send("x", server.port, key: "other").status == 401)
            #expect(try await send("x", server.port, ["Content-Type": "text/html"]).status == 415)
            #expect(try await look("/v1/verifications/unknown", server.port).body.contains("no-job"))
        }
    }

    @Test("a repeated request is the same verification; another file under its key is refused")
    func idempotency() async throws {
        try await RunningServer.with(bulk: Self.service) { server in
            let headers = ["Idempotency-Key": "k1"]
            let first = try await send("qr\n1\n", server.port, headers)
            let again = try await send("qr\n1\n", server.port, headers)
            #expect(first.status == 202 && first.headers["location"] == again.headers["location"])
            #expect(try await send("qr\n2\n", server.port, headers).body.contains("idempotency-conflict"))
            #expect(try await send("qr\n1\n", server.port).headers["location"] != first.headers["location"])
        }
    }

    /// A file of a stranger behind the trusted proxy.
    private func sendFrom(_ address: String, _ port: Int) async throws -> HTTPClient.Response {
        try await send("qr\n1\n", port, key: nil, ["X-Forwarded-For": address])
    }

    @Test("addresses that never fetch or delete keep no newcomer out, and are told what became of their results")
    func neverFetched() async throws {
        try await RunningServer.with(bulk: Self.service, trustedProxies: ["127.0.0.1"]) { server in
            var paths: [String] = []
            for index in 0..<40 {
                let address = "198.51.100.\(index)"
                let taken = try await sendFrom(address, server.port)
                #expect(taken.status == 202, "\(index): \(taken.body)")
                paths.append(try #require(taken.headers["location"]))
                #expect(try await ended(paths[index], server.port, from: address).contains(#""state":"done""#))
            }
            #expect(try await sendFrom("203.0.113.9", server.port).status == 202)
            let oldest = try await look(paths[0], server.port, from: "198.51.100.0")
            #expect(oldest.status == 410 && oldest.body.contains("/problems/given-up"), "\(oldest.body)")
            #expect(try await look(paths[0] + "/result", server.port, from: "198.51.100.0").status == 410)
            // Control: the newest is there, and so are as many as there are places.
            #expect(try await look(paths[39] + "/result", server.port, from: "198.51.100.39").status == 200)
            #expect(try await look(paths[9], server.port, from: "198.51.100.9").status == 200)
        }
    }

    @Test("files are kept from others, and none is left when the server ends")
    func folder() async throws {
        let temporary = try TemporaryDirectory()
        var service = Self.service
        service.temporaryFolder = temporary.path
        let folder = temporary.path
        try await RunningServer.with(bulk: service) { server in
            let taken = try await send("qr\n1\n", server.port)
            _ = try await ended(try #require(taken.headers["location"]), server.port)
            let made = try FileManager.default.contentsOfDirectory(atPath: folder)
            #expect(made.count == 1 && made.allSatisfy { $0.hasPrefix("signet-jobs-") })
            for name in made {
                let mode = try FileManager.default.attributesOfItem(atPath: "\(folder)/\(name)")[.posixPermissions]
                #expect((mode as? NSNumber)?.intValue == 0o700)
            }
        }
        #expect(try FileManager.default.contentsOfDirectory(atPath: folder).isEmpty)
    }
}
