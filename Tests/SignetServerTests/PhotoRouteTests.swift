import Testing

@Suite struct PhotoRouteTests {
    private func send(_ body: String, _ server: RunningServer) async throws -> HTTPClient.Response {
        try await HTTPClient.request(
            "POST", "/v1/decode", port: server.port, headers: ["Content-Type": "image/jpeg"], body: body)
    }

    @Test("what is no photo is told apart")
    func refusals() async throws {
        try await RunningServer.with { server in
            for (body, status, type) in [
                ("hello", 415, "not-a-picture"), ("%PDF-1.7", 415, "not-a-picture"),
                ("\0\0\0\u{18}ftypheic", 415, "heif-picture"),
            ] {
                let answer = try await send(body, server)
                #expect(answer.status == status && answer.body.contains("/problems/\(type)"), "\(answer.body)")
            }
            #expect(try await send(String(repeating: "x", count: (12 << 20) + 1), server).status == 413)
        }
    }

    @Test("a flood is told to wait")
    func flood() async throws {
        try await RunningServer.with { server in
            var statuses: Set<Int> = []
            // On a busy machine some of the time that they take is given back to them.
            for _ in 0..<400 where !statuses.contains(429) { statuses.insert(try await send("hello", server).status) }
            #expect(statuses == [415, 429])
        }
    }
}
