import Foundation
import SignetServer
import Signing
import Testing

/// HTTP as clients, proxies and browsers speak it.
@Suite(.serialized) struct HTTPMannersTests {
    private static let pages = ["/", "/c", "/healthz", "/readyz", "/trust/list", "/v1/openapi.json", "/assets/page.js"]

    @Test("HEAD answers as GET does, without the body")
    func head() async throws {
        try await RunningServer.with { server in
            for path in Self.pages {
                let get = try await HTTPClient.request("GET", path, port: server.port)
                let head = try await HTTPClient.request("HEAD", path, port: server.port)
                #expect(get.status == 200 || path == "/assets/page.js", "\(path)")
                #expect(head.status == get.status && head.body.isEmpty && !get.body.isEmpty, "\(path)")
                #expect(head.headers["content-length"] == String(get.body.utf8.count), "\(path)")
                #expect(head.headers["etag"] == get.headers["etag"])
            }
        }
    }

    @Test("a method that an address does not take is named as such, and one that nobody knows")
    func methods() async throws {
        try await RunningServer.with { server in
            for (method, path, allowed) in [
                ("PUT", "/v1/verify", "OPTIONS, POST"), ("GET", "/v1/verify", "OPTIONS, POST"),
                ("POST", "/healthz", "GET, HEAD, OPTIONS"), ("DELETE", "/status/1", "GET, HEAD, OPTIONS"),
                ("TRACE", "/", "GET, HEAD, OPTIONS"),
            ] {
                let answer = try await HTTPClient.request(method, path, port: server.port)
                #expect(answer.status == 405 && answer.headers["allow"] == allowed, "\(method) \(path)")
                #expect(answer.body.contains("/problems/method-not-allowed"))
            }
            #expect(try await HTTPClient.request("PUT", "/nowhere", port: server.port).status == 404)
            #expect(try await HTTPClient.request("PROPFIND", "/healthz", port: server.port).status == 501)
        }
    }

    @Test("OPTIONS: other sites' pages may read what is published, and ask nothing")
    func preflight() async throws {
        try await RunningServer.with { server in
            let headers = ["Origin": "https://other.example", "Access-Control-Request-Method": "POST"]
            let verify = try await HTTPClient.request("OPTIONS", "/v1/verify", port: server.port, headers: headers)
            #expect(verify.status == 204 && verify.headers["access-control-allow-origin"] == nil)
            let list = try await HTTPClient.request("OPTIONS", "/status/1", port: server.port, headers: headers)
            #expect(list.status == 204 && list.headers["access-control-allow-origin"] == "*")
            #expect(list.headers["access-control-allow-methods"] == "GET, HEAD")
        }
    }

    @Test("a page of another site cannot have its visitors' browsers send anything")
    func crossSite() async throws {
        let service = BulkService(keys: nil, receiptKey: nil, tool: "test/1")
        try await RunningServer.with(bulk: service) { server in
            func send(_ site: String?) async throws -> HTTPClient.Response {
                var headers = ["Content-Type": "text/plain", "Origin": "https://evil.example"]
                headers["Sec-Fetch-Site"] = site
                return try await HTTPClient.request(
                    "POST", "/v1/verifications", port: server.port, headers: headers, body: "qr\n1\n")
            }
            let refused = try await send("cross-site")
            #expect(refused.status == 403 && refused.body.contains("/problems/cross-site"))
            // Control: a program, and the site's own page.
            #expect(try await send(nil).status == 202)
            #expect(try await send("same-origin").status == 202)
            // What is only looked at may be linked to from anywhere.
            let link = try await HTTPClient.request(
                "GET", "/c", port: server.port, headers: ["Sec-Fetch-Site": "cross-site"])
            #expect(link.status == 200)
        }
    }

    @Test("what the client holds is compared weakly, also one of several")
    func tags() async throws {
        try await RunningServer.with { server in
            for path in ["/c", "/trust/list"] {
                let tag = try #require(try await HTTPClient.request("GET", path, port: server.port).headers["etag"])
                let strong = tag.hasPrefix("W/") ? String(tag.dropFirst(2)) : tag
                for (held, status) in [
                    (tag, 304), (strong, 304), ("\"x\", \(tag)", 304), ("\"x\",W/\(strong)", 304), ("*", 304),
                    ("\"x\"", 200), (String(strong.dropLast()), 200),
                ] {
                    let answer = try await HTTPClient.request(
                        "GET", path, port: server.port, headers: ["If-None-Match": held])
                    #expect(answer.status == status, "\(path) \(held)")
                }
            }
            for (accepted, encoding) in [("gzip", "gzip"), ("gzip;q=0", nil), ("br, *", "gzip"), ("br", nil)] {
                let answer = try await HTTPClient.raw(
                    "GET /c HTTP/1.1\r\nHost: a\r\nAccept-Encoding: \(accepted)\r\nConnection: close\r\n\r\n",
                    server.port)
                let head = String(decoding: answer.prefix(2000), as: UTF8.self).lowercased()
                #expect(head.contains("content-encoding: gzip") == (encoding != nil), "\(accepted)")
            }
        }
    }

    @Test("bodies of a transfer coding that nobody knows are refused, once, and the connection ends")
    func transferCodings() async throws {
        try await RunningServer.with { server in
            for coding in ["xchunked", "gzip, chunked", "identity"] {
                let head = "POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                let answer = try await HTTPClient.raw(
                    head + "Transfer-Encoding: \(coding)\r\n\r\n0\r\n\r\nGET /healthz HTTP/1.1\r\nHost: a\r\n\r\n",
                    server.port)
                let text = String(decoding: answer, as: UTF8.self)
                #expect(text.hasPrefix("HTTP/1.1 400"), "\(coding): \(text.prefix(60))")
                #expect(text.components(separatedBy: "HTTP/1.1 ").count == 2, "\(coding)")
            }
            // Control: chunked is read.
            let body = #"{"seal":"1"}"#
            let chunked = try await HTTPClient.raw(
                "POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\nConnection: close\r\n"
                    + "Transfer-Encoding: chunked\r\n\r\n\(String(body.utf8.count, radix: 16))\r\n\(body)\r\n0\r\n\r\n",
                server.port)
            #expect(String(decoding: chunked, as: UTF8.self).hasPrefix("HTTP/1.1 200"))
        }
    }

    @Test("a request that could be read in two ways is refused, and so is a NUL in an address")
    func doubtful() async throws {
        try await RunningServer.with { server in
            for body in [#"{"seal":"1","seal":"2"}"#, #"{"seal":"1\u0000"}"#] {
                let answer = try await HTTPClient.verify(body, port: server.port)
                #expect(answer.status == 400)
            }
            #expect(try await HTTPClient.verify(#"{"seal":"1"}"#, port: server.port).status == 200)
            for path in ["/status/1%00", "/assets/page.css%00.js", "/c?x=%00"] {
                #expect(try await HTTPClient.request("GET", path, port: server.port).status == 400, "\(path)")
            }
        }
    }

    @Test("every answer says that it is what it is, and for whom")
    func headers() async throws {
        try await RunningServer.with { server in
            for path in ["/c", "/healthz", "/nowhere", "/trust/list", "/v1/openapi.json", "/assets/verify.js"] {
                let answer = try await HTTPClient.request("GET", path, port: server.port)
                #expect(answer.headers["x-content-type-options"] == "nosniff", "\(path)")
                let policy = path == "/trust/list" ? "cross-origin" : "same-origin"
                #expect(answer.headers["cross-origin-resource-policy"] == policy, "\(path)")
            }
            let page = try await HTTPClient.request("GET", "/c", port: server.port)
            #expect(page.headers["permissions-policy"]?.contains("camera=(self)") == true)
            #expect(page.headers["cross-origin-opener-policy"] == "same-origin")
            let verdict = try await HTTPClient.verify(#"{"seal":"1"}"#, port: server.port)
            #expect(verdict.headers["x-content-type-options"] == "nosniff")
        }
    }

    @Test("an unsupported kind of body is answered with those that are")
    func accept() async throws {
        let service = BulkService(keys: nil, receiptKey: nil, tool: "test/1")
        try await RunningServer.with(bulk: service) { server in
            for (path, expected) in [
                ("/v1/verify", "application/json"), ("/v1/verifications", "text/csv"), ("/v1/decode", "image/png"),
                ("/v1/verify-document", "application/pdf"),
            ] {
                let answer = try await HTTPClient.request(
                    "POST", path, port: server.port, headers: ["Content-Type": "text/html"], body: "<p>")
                #expect(answer.status == 415, "\(path)")
                #expect(answer.headers["accept"]?.contains(expected) == true, "\(path)")
            }
        }
    }

    @Test("what is counted is told on a listener of its own alone")
    func metrics() async throws {
        try await RunningServer.with { server in
            #expect(try await HTTPClient.request("GET", "/metrics", port: server.port).status == 404)
            let metrics = try await HTTPClient.request("GET", "/metrics", port: server.metricsPort)
            #expect(metrics.status == 200 && metrics.body.contains("signet_http_requests_total"))
            #expect(try await HTTPClient.request("GET", "/", port: server.metricsPort).status == 404)
        }
    }
}

extension HTTPClient {
    /// All that comes for what is sent as it stands.
    static func raw(_ text: String, _ port: Int) async throws -> [UInt8] {
        let client = try HTTPClient(port: port)
        client.send(text)
        return await client.readToClose().bytes
    }
}
