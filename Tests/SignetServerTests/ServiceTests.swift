import Files
import Foundation
import Signing
import Testing

@Suite struct ServiceTests {
    @Test("the page and its assets come with a strict policy and revalidate")
    func pages() async throws {
        try await RunningServer.with { server in
            for path in ["/", "/c"] {
                let page = try await HTTPClient.request("GET", path, port: server.port)
                #expect(page.status == 200 && page.headers["content-type"] == "text/html; charset=utf-8")
                let policy = page.headers["content-security-policy"] ?? ""
                #expect(policy.contains("default-src 'none'") && !policy.contains("unsafe"))
                #expect(page.headers["x-content-type-options"] == "nosniff")
                #expect(page.headers["referrer-policy"] == "no-referrer")
                #expect(page.body.contains(server.root.publicKey.kid.description) && page.body.contains("测试鉴定中心"))
            }
            let script = try await HTTPClient.request("GET", "/assets/verify.js", port: server.port)
            #expect(script.headers["content-type"] == "text/javascript; charset=utf-8")
            let tag = try #require(script.headers["etag"])
            let again = try await HTTPClient.request(
                "GET", "/assets/verify.js", port: server.port, headers: ["If-None-Match": tag])
            #expect(again.status == 304 && again.body.isEmpty)
        }
    }

    @Test("a newly published trust list is served without a restart; one that goes back is not")
    func trustList() async throws {
        try await RunningServer.with { server in
            func served() async throws -> String {
                try await HTTPClient.request("GET", "/trust/list", port: server.port).body
            }
            let first = try await served()
            #expect(first.split(separator: ".").count == 3)
            try RunningServer.publish(sequence: 5, root: server.root, key: server.key, to: server.trustListPath)
            let newer = String(decoding: try DurableFile.read(server.trustListPath), as: UTF8.self)
            for _ in 0..<1200 where try await served() != newer { try await Task.sleep(for: .milliseconds(50)) }
            #expect(try await served() == newer)
            try RunningServer.publish(sequence: 2, root: server.root, key: server.key, to: server.trustListPath)
            try await Task.sleep(for: .milliseconds(2500))
            #expect(try await served() == newer)
        }
    }

    @Test("without a trust list it is healthy, not ready, and checks nothing")
    func noTrustList() async throws {
        try await RunningServer.with(publishes: false) { server in
            #expect(try await HTTPClient.request("GET", "/healthz", port: server.port).status == 200)
            #expect(try await HTTPClient.request("GET", "/readyz", port: server.port).status == 503)
            #expect(try await HTTPClient.request("GET", "/trust/list", port: server.port).status == 503)
            let verdict = try await HTTPClient.verify(#"{"seal":"\#(server.qrText())"}"#, port: server.port)
            #expect(verdict.status == 200 && verdict.body.contains("trust-list-unavailable"))
        }
    }

    @Test("a client that sends nothing more is let go, and others are served meanwhile")
    func slowClients() async throws {
        try await RunningServer.with(idleTimeout: 1) { server in
            let slow = try (0..<50).map { _ in try HTTPClient(port: server.port) }
            for client in slow { client.send("POST /v1/verify HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n") }
            #expect(try await HTTPClient.request("GET", "/healthz", port: server.port).status == 200)
            // The end comes from the server's side: this client only waits.
            #expect(await slow[0].readToClose().isClosed)
        }
    }

    /// - Returns: the answer to a body of which a part comes every 200 ms.
    private func trickled(_ body: String, parts: Int, to server: RunningServer) async throws -> String {
        let client = try HTTPClient(port: server.port)
        client.send(
            "POST /v1/verify HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Type: application/json\r\n"
                + "Content-Length: \(body.utf8.count)\r\n\r\n")
        var rest = Substring(body)
        for _ in 0..<parts {
            client.send(String(rest.prefix(body.count / parts + 1)))
            rest = rest.dropFirst(body.count / parts + 1)
            try await Task.sleep(for: .milliseconds(200))
        }
        return await client.readToEnd()
    }

    @Test("a body that trickles in, never idle, has an end")
    func trickles() async throws {
        try await RunningServer.with(bodySeconds: 2) { server in
            let body = #"{"seal":"\#(try server.qrText())"}"#
            #expect(try await trickled(body, parts: 16, to: server).contains(" 408 "))
            // In time it is answered.
            #expect(try await trickled(body, parts: 2, to: server).contains(" 200 "))
        }
    }
}
