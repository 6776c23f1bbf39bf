import Foundation
import SignetServer
import Synchronization
import Testing

/// Answers that are taken slowly.
@Suite(.serialized) struct SlowReaderTests {
    private static let rowCount = 2000

    /// The path of a result of some megabytes, and its length.
    private func largeResult(_ server: RunningServer) async throws -> (path: String, byteCount: Int) {
        let row = "1,\(String(repeating: "x", count: 3000))\n"
        let file = "qr,filler\n" + String(repeating: row, count: Self.rowCount)
        let taken = try await HTTPClient.request(
            "POST", "/v1/verifications", port: server.port, headers: ["Content-Type": "text/csv"], body: file)
        let path = try #require(taken.headers["location"])
        for _ in 0..<1000 {
            let state = try await HTTPClient.request("GET", path, port: server.port)
            if state.body.contains(#""state":"done""#) { break }
            try await Task.sleep(for: .milliseconds(50))
        }
        let head = try await HTTPClient.request("HEAD", path + "/result", port: server.port)
        return (path + "/result", try #require(head.headers["content-length"].flatMap(Int.init)))
    }

    /// How many bytes come to a reader that takes so many at once, before the server ends the connection.
    private func read(
        _ path: String, _ server: RunningServer, bytesAtOnce: Int, pause: UInt32
    ) async throws -> (byteCount: Int, isEndedByServer: Bool) {
        let client = try HTTPClient(port: server.port, receiveByteCount: 4096)
        client.send("GET \(path) HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
        let isEnded = Mutex(true)
        // Only so that the test ends when the server does not.
        let guardian = Task {
            try await Task.sleep(for: .seconds(60))
            isEnded.withLock { $0 = false }
            client.stop()
        }
        let bytes = await client.readToClose(bytesAtOnce: bytesAtOnce, pause: pause).bytes
        guardian.cancel()
        return (bytes.count, isEnded.withLock { $0 })
    }

    @Test("an answer that is hardly taken ends its connection; one that is taken steadily comes whole")
    func leastRate() async throws {
        let service = BulkService(keys: nil, receiptKey: nil, tool: "test/1")
        try await RunningServer.with(bulk: service, answerInterval: 1) { server in
            let (path, byteCount) = try await largeResult(server)
            #expect(byteCount > 5 << 20)
            // Two thirds of the least rate; what its own system holds is read to the end.
            let slow = try await read(path, server, bytesAtOnce: 64, pause: 100_000)
            #expect(slow.isEndedByServer && slow.byteCount < byteCount)
            // Control: slowly, but above the least rate.
            let steady = try await read(path, server, bytesAtOnce: 4096, pause: 1000)
            #expect(steady.isEndedByServer && steady.byteCount > byteCount)
        }
    }

    @Test("one address has so many connections, and a trusted proxy as many as it likes")
    func connections() async throws {
        @Sendable func kept(_ server: RunningServer) async throws -> [Bool] {
            let held = try (0..<6).map { _ in try HTTPClient(port: server.port) }
            for client in held { client.send("GET /healthz HTTP/1.1\r\nHost: a\r\n") }
            try await Task.sleep(for: .milliseconds(300))
            for client in held { client.send("Connection: close\r\n\r\n") }
            var answers: [Bool] = []
            for client in held { answers.append(await client.readToEnd().hasPrefix("HTTP/1.1 200")) }
            return answers
        }
        try await RunningServer.with(connectionsPerAddress: 4) { server in
            let first = try await kept(server)
            #expect(first.count { $0 } == 4)
            // What is closed makes room.
            #expect(try await kept(server).count { $0 } == 4)
        }
        try await RunningServer.with(trustedProxies: ["127.0.0.1"], connectionsPerAddress: 4) { server in
            let all = try await kept(server)
            #expect(all == [Bool](repeating: true, count: 6))
        }
    }
}
