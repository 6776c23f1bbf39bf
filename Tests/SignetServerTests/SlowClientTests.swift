import Foundation
import Testing

@Suite(.serialized) struct SlowClientTests {
    private static let head = "POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

    /// Sends a byte every quarter of a second, and says after how many seconds the server had enough.
    private func trickle(_ start: String, _ port: Int, atMost seconds: Double) async throws -> Double {
        let client = try HTTPClient(port: port)
        client.send(start)
        async let end = client.readToEnd()
        let (clock, sender) = (
            ContinuousClock.now,
            Task {
                while !Task.isCancelled {
                    client.send("a")
                    try await Task.sleep(for: .milliseconds(250))
                }
            }
        )
        let limit = Task {
            try await Task.sleep(for: .seconds(seconds))
            client.stop()
        }
        _ = await end
        sender.cancel()
        limit.cancel()
        let took = ContinuousClock.now - clock
        return Double(took.components.seconds) + Double(took.components.attoseconds) * 1e-18
    }

    @Test("a head that trickles in is ended by the clock")
    func heads() async throws {
        try await RunningServer.with(idleTimeout: 1) { server in
            let seconds = try await trickle("GET / HTTP/1.1\r\nX: ", server.port, atMost: 8)
            #expect(seconds < 6)
        }
        // Control: with more time it is still welcome.
        try await RunningServer.with(idleTimeout: 20) { server in
            let seconds = try await trickle("GET / HTTP/1.1\r\nX: ", server.port, atMost: 3)
            #expect(seconds >= 3)
        }
    }

    @Test("so is a body, which the idle timeout alone would wait for")
    func bodies() async throws {
        let start = Self.head + "Content-Length: 4000\r\n\r\n"
        try await RunningServer.with(requestTimeout: 1) { server in
            let seconds = try await trickle(start, server.port, atMost: 8)
            #expect(seconds < 6)
        }
        try await RunningServer.with(idleTimeout: 1) { server in
            let seconds = try await trickle(start, server.port, atMost: 4)
            #expect(seconds >= 4)
        }
    }

    @Test("a connection that is used again and again is not ended")
    func keptAlive() async throws {
        try await RunningServer.with(idleTimeout: 1, requestTimeout: 1) { server in
            let client = try HTTPClient(port: server.port)
            for _ in 0..<6 {
                client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                try await Task.sleep(for: .milliseconds(400))
            }
            client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answers = await client.readToEnd()
            let count = answers.components(separatedBy: "HTTP/1.1 200").count - 1
            #expect(count == 7)
        }
    }
}
