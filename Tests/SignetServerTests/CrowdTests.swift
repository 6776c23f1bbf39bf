import Credential
import Foundation
import Lookup
import Parsing
import Seal
import Signing
import Synchronization
import TestSupport
import Testing
import Verification

@testable import SignetServer

/// One good key, which may also look numbers up.
private struct OneKey: APIKeySource {
    static let text = "signet_test"

    func key(digest: [UInt8]) async throws -> APIKey? {
        guard digest == (try SHA256.digest(Self.text.utf8)) else { return nil }
        return APIKey(id: "1", scopes: [.verify, .lookup], perMinute: 600)
    }
}

/// A register whose answers do not come until it is let go: what a defect in reading a file would be.
private final class Stuck: CertificateLookup {
    let checked = CheckedSignatures()
    let isLetGo = Mutex(false)

    func register(_ server: RunningServer) -> any CertificateLookup { self }

    func certificate(numbered number: CertificateNumber, isOf holder: LookupHolder) async throws -> LookupMatch? {
        // Holds its thread, and hears of no cancellation.
        while !isLetGo.withLock({ $0 }) { usleep(20_000) }
        return nil
    }
}

/// How many requests were answered.
private final class Finished: Sendable {
    let count = Mutex(0)
}

/// Many who want at once what there is little of.
@Suite(.serialized) struct CrowdTests {
    private static let number = "Y000037000001263000042"

    private static func service(keySeconds: Double = 600) -> BulkService {
        var service = BulkService(keys: OneKey(), receiptKey: nil, tool: "test/1")
        service.keySeconds = keySeconds
        return service
    }

    private func send(
        _ body: String, _ port: Int, key: String? = nil, from client: String? = nil
    ) async throws -> HTTPClient.Response {
        var headers = ["Content-Type": "text/csv"]
        headers["Authorization"] = key.map { "bearer \($0)" }
        headers["X-Forwarded-For"] = client
        return try await HTTPClient.request("POST", "/v1/verifications", port: port, headers: headers, body: body)
    }

    private func state(_ taken: HTTPClient.Response, _ port: Int, key: String? = nil) async throws -> String {
        let path = try #require(taken.headers["location"])
        // From all over, as looking is limited, too.
        var headers = ["X-Forwarded-For": "203.0.\(Int.random(in: 0...255)).\(Int.random(in: 0...255))"]
        headers["Authorization"] = key.map { "Bearer \($0)" }
        let answer = try await HTTPClient.request("GET", path, port: port, headers: headers)
        if [404, 410].contains(answer.status) { return "gone" }
        let parts = answer.body.split(separator: #""state":""#)
        return (parts.last?.split(separator: "\"").first).map(String.init) ?? answer.body
    }

    private func wait(
        for wanted: String, _ taken: HTTPClient.Response, _ port: Int, key: String? = nil
    ) async throws -> Bool {
        for _ in 0..<500 {
            if try await state(taken, port, key: key) == wanted { return true }
            try await Task.sleep(for: .milliseconds(20))
        }
        return false
    }

    @Test("files that wait for workers hold up nobody who verifies")
    func waitingFiles() async throws {
        let signal = try TemporaryDirectory()
        let end = signal.path + "/end"
        // Workers that answer nothing until they are let go.
        let workers = ParsingPool(
            arguments: ["/bin/sh", "-c", "while [ ! -e '\(end)' ]; do /bin/sleep 0.1; done"], seconds: 60)
        try await RunningServer.with(
            bulk: Self.service(), trustedProxies: ["127.0.0.1"], workers: workers
        ) { server in
            let finished = Finished()
            try await withThrowingTaskGroup(of: Void.self) { group in
                for index in 0..<8 {
                    group.addTask {
                        let answer = try await send("PK\u{3}\u{4}zip", server.port, from: "198.51.100.\(index)")
                        finished.count.withLock { $0 += 1 }
                        #expect(answer.status == 422 || answer.status == 503, "\(answer.body)")
                    }
                }
                try await Task.sleep(for: .milliseconds(500))
                let verified = try await HTTPClient.verify(#"{"seal":"\#(server.qrText())"}"#, port: server.port)
                #expect(verified.body.contains(#""verdict":"valid""#))
                // Control: the files wait all the while.
                #expect(finished.count.withLock { $0 } == 0)
                #expect(FileManager.default.createFile(atPath: end, contents: nil))
                try await group.waitForAll()
            }
            #expect(finished.count.withLock { $0 } == 8)
        }
    }

    @Test("72 files of twelve addresses leave room for a key and for another stranger")
    func slots() async throws {
        try await RunningServer.with(bulk: Self.service(), trustedProxies: ["127.0.0.1"]) { server in
            let file = "qr\n1\n"
            var sent: [HTTPClient.Response] = []
            for address in 20..<32 {
                for _ in 0..<6 {
                    let one = try await send(file, server.port, from: "198.51.100.\(address)")
                    #expect(one.status == 202)
                    #expect(try await wait(for: "done", one, server.port))
                    sent.append(one)
                }
            }
            let byKey = try await send(file, server.port, key: OneKey.text)
            let other = try await send(file, server.port, from: "198.51.100.99")
            #expect(byKey.status == 202 && other.status == 202)
            #expect(try await wait(for: "done", byKey, server.port, key: OneKey.text))
            #expect(try await wait(for: "done", other, server.port))
            // Control: the places were scarce, and those who had many gave way.
            var gone = 0
            for one in sent where try await state(one, server.port) == "gone" { gone += 1 }
            #expect(gone >= 72 - 32)
        }
    }

    @Test("a job past its time is given up, and the next has its turn, though the thread never lets go")
    func deadline() async throws {
        let stuck = Stuck()
        defer { stuck.isLetGo.withLock { $0 = true } }
        try await RunningServer.with(bulk: Self.service(keySeconds: 1), lookup: stuck.register) { server in
            let late = try await send("number,name\n\(Self.number),王\n", server.port, key: OneKey.text)
            let next = try await send("qr\n1\n", server.port, key: OneKey.text)
            #expect(try await wait(for: "failed", late, server.port, key: OneKey.text))
            let path = try #require(late.headers["location"])
            let answer = try await HTTPClient.request(
                "GET", path, port: server.port, headers: ["Authorization": "Bearer \(OneKey.text)"])
            #expect(answer.body.contains("/problems/took-too-long"))
            #expect(try await wait(for: "done", next, server.port, key: OneKey.text))
        }
        // And the server ended, with the thread as it was: else this line were never reached.
        #expect(!stuck.isLetGo.withLock { $0 })
    }

    @Test("a running job is ended by DELETE; a stranger's never waits for it, another of the key does")
    func removal() async throws {
        let stuck = Stuck()
        defer { stuck.isLetGo.withLock { $0 = true } }
        try await RunningServer.with(bulk: Self.service(), lookup: stuck.register) { server in
            let first = try await send("number,name\n\(Self.number),王\n", server.port, key: OneKey.text)
            #expect(try await wait(for: "running", first, server.port, key: OneKey.text))
            let second = try await send("qr\n1\n", server.port, key: OneKey.text)
            let stranger = try await send("qr\n1\n", server.port)
            #expect(try await wait(for: "done", stranger, server.port))
            // Control: it is the first that the second waits for.
            #expect(try await state(second, server.port, key: OneKey.text) == "waiting")
            let path = try #require(first.headers["location"])
            let removed = try await HTTPClient.request(
                "DELETE", path, port: server.port, headers: ["Authorization": "Bearer \(OneKey.text)"])
            #expect(removed.status == 204)
            #expect(try await wait(for: "done", second, server.port, key: OneKey.text))
            #expect(try await state(first, server.port, key: OneKey.text) == "gone")
        }
    }
}
