import Foundation
import Synchronization
import Testing

@Suite(.serialized) struct SlowClientTests {
    private static let head = "POST /v1/verify HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"

    /// Sends a byte every tenth of a second, and says whether the server ended that within a time.
    private func isEnded(_ start: String, _ port: Int, within limit: Duration = .seconds(100)) async throws -> Bool {
        let client = try HTTPClient(port: port)
        client.send(start)
        let isOver = Atomic(false)
        let sender = Task {
            while !Task.isCancelled {
                client.send("a")
                try await Task.sleep(for: .milliseconds(100))
            }
        }
        let stop = Task {
            try await Task.sleep(for: limit)
            isOver.store(true, ordering: .sequentiallyConsistent)
            client.stop()
        }
        _ = await client.readToEnd()
        sender.cancel()
        stop.cancel()
        return !isOver.load(ordering: .sequentiallyConsistent)
    }

    @Test("a head that trickles in is ended by the clock")
    func heads() async throws {
        let start = "GET / HTTP/1.1\r\nX: "
        try await RunningServer.with(idleTimeout: 1) { server in
            let isEnded = try await isEnded(start, server.port)
            #expect(isEnded)
        }
        // Control: with more time it is still welcome.
        try await RunningServer.with(idleTimeout: 100) { server in
            let isEnded = try await isEnded(start, server.port, within: .seconds(3))
            #expect(!isEnded)
        }
    }

    @Test("so is a body, which the idle timeout alone would wait for")
    func bodies() async throws {
        let start = Self.head + "Content-Length: 4000\r\n\r\n"
        try await RunningServer.with(requestTimeout: 1) { server in
            let isEnded = try await isEnded(start, server.port)
            #expect(isEnded)
        }
        try await RunningServer.with(idleTimeout: 3, requestTimeout: 100) { server in
            let isEnded = try await isEnded(start, server.port, within: .seconds(6))
            #expect(!isEnded)
        }
    }

    @Test("a connection that is used again and again is not ended")
    func keptAlive() async throws {
        try await RunningServer.with(idleTimeout: 5, requestTimeout: 2) { server in
            let client = try HTTPClient(port: server.port)
            for _ in 0..<10 {
                client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n")
                try await Task.sleep(for: .milliseconds(400))
            }
            client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
            let answers = await client.readToEnd()
            let count = answers.components(separatedBy: "HTTP/1.1 200").count - 1
            #expect(count == 11)
        }
    }

    @Test("a client that sends all before it reads gets an early answer, with either word about the connection")
    func earlyAnswers() async throws {
        try await RunningServer.with { server in
            for connection in ["close", "keep-alive"] {
                let client = try HTTPClient(port: server.port)
                let body = String(repeating: "x", count: 16 << 20)
                let isTaken = client.send(
                    "POST /nowhere HTTP/1.1\r\nHost: a\r\nConnection: \(connection)\r\nContent-Length: \(body.utf8.count)"
                        + "\r\n\r\n" + body)
                #expect(isTaken)
                client.send("GET /healthz HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
                let answers = await client.readToEnd()
                #expect(answers.hasPrefix("HTTP/1.1 404"))
                // A connection that is to go on does; one that was to end has ended.
                #expect(answers.contains("HTTP/1.1 200") == (connection == "keep-alive"))
            }
        }
    }

    @Test("what comes after an early answer is taken for as long as a request may take, and no longer")
    func endlessBodies() async throws {
        let start = "POST /nowhere HTTP/1.1\r\nHost: a\r\nConnection: close\r\nContent-Length: 1000000\r\n\r\n"
        try await RunningServer.with(idleTimeout: 1) { server in
            let isEnded = try await isEnded(start, server.port)
            #expect(isEnded)
        }
    }
}
