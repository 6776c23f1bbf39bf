import Files
import Foundation
import HTTPSupport
import Lookup
import Publishing
import Seal
import SignetServer
import Signing
import StatusList
import Synchronization
import Testing
import Verification

/// Status lists as they are served, and what is said of certificates that are not valid.
@Suite struct StatusRouteTests {
    private static let uri = "https://verify.example.org/status/1"

    private static func publish(
        _ server: RunningServer, issuedAt: Int, left: Int = 200, trustSequence: Int? = nil, entries: [Int: UInt8] = [:]
    ) throws {
        var statuses = try StatusArray(bits: 2, count: 1 << 10)
        for (index, value) in entries { try statuses.set(value, at: index) }
        let claims = try StatusListClaims(
            uri: uri, issuedAt: issuedAt, expiresAt: RunningServer.now + left, timeToLive: 300,
            trustSequence: trustSequence, statuses: statuses)
        try DurableFile.replace(claims.cwt(signedBy: server.statusKey), at: server.statusFolder + "/1.cwt")
        try DurableFile.replace(claims.jwt(signedBy: server.statusKey), at: server.statusFolder + "/1.jwt")
    }

    /// Until the server has seen what was published; it looks every two seconds.
    private static func wait(_ condition: () async throws -> Bool) async throws {
        for _ in 0..<200 {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(50))
        }
        Issue.record("the server did not take the list up")
    }

    private static func verdict(_ server: RunningServer) async throws -> String {
        let text = try server.qrText { $0.status = .init(index: 7, uri: uri) }
        return try await Client(port: server.port).post("/v1/verify", #"{"seal":"\#(text)"}"#).body
    }

    @Test("A list is served as JWT and as CWT, with tag, age and for every origin; a new one within seconds")
    func lists() async throws {
        try await RunningServer.with { server in
            let client = Client(port: server.port)
            #expect(try await client.get("/status/1").status == 404)
            #expect(try await Self.verdict(server).contains("status-unavailable"))
            try Self.publish(server, issuedAt: RunningServer.now - 100)
            try await Self.wait { try await client.get("/status/1").status == 200 }
            let jwt = try await client.get("/status/1")
            #expect(jwt.headers["content-type"] == "application/statuslist+jwt")
            #expect(jwt.headers["access-control-allow-origin"] == "*")
            // It expires in 200 s, before its ttl is over.
            #expect(jwt.headers["cache-control"] == "max-age=200")
            #expect(try UnverifiedStatusToken(Array(jwt.body.utf8)).unverifiedClaims.uri == Self.uri)
            let tag = try #require(jwt.headers["etag"])
            #expect(try await client.get("/status/1", headers: ["If-None-Match": tag]).status == 304)
            let cwt = try await client.get("/status/1", headers: ["Accept": "application/statuslist+cwt"])
            #expect(cwt.headers["content-type"] == "application/statuslist+cwt" && cwt.headers["etag"] != tag)
            let size = try DurableFile.read(server.statusFolder + "/1.cwt").count
            #expect(cwt.headers["content-length"] == String(size) && jwt.headers["vary"] == "Accept")
            let (asJWT, asCWT) = ("application/statuslist+jwt", "application/statuslist+cwt")
            // Which is wanted more (RFC 9110, section 12.4.2); of two wanted alike the JWT.
            for (accepted, type) in [
                ("\(asJWT), \(asCWT);q=0.1", asJWT), ("\(asJWT);q=0.1, \(asCWT)", asCWT), ("\(asCWT), \(asJWT)", asJWT),
                ("*/*;q=0.1, \(asCWT);q=0.2", asCWT), ("\(asCWT);q=0.5, */*", asJWT),
                ("\(asJWT);q=0, */*;q=0.1", asCWT),
                ("\(asCWT) ; Q=0.9 , \(asJWT) ; q=0.3", asCWT),
            ] {
                let answer = try await client.get("/status/1", headers: ["Accept": accepted])
                #expect(answer.headers["content-type"] == type, "\(accepted)")
            }
            for accepted in ["text/html", "\(asJWT);q=0", "*/*;q=0"] {
                #expect(try await client.get("/status/1", headers: ["Accept": accepted]).status == 406, "\(accepted)")
            }
            #expect(
                try await client.get("/status").body == #"{"status_lists":["https:\/\/verify.example.org\/status\/1"]}"#
            )
            for wrong in ["2", "01", "x", "-1"] { #expect(try await client.get("/status/\(wrong)").status == 404) }
            #expect(try await Self.verdict(server).contains(#""verdict":"valid""#))

            try Self.publish(server, issuedAt: RunningServer.now - 50, entries: [7: 1])
            try await Self.wait { try await Self.verdict(server).contains(#""reason":"revoked""#) }
            // An older list put back does not undo it; the file that is there is a control that it would.
            try Self.publish(server, issuedAt: RunningServer.now - 80)
            try await Task.sleep(for: .milliseconds(2500))
            #expect(try await Self.verdict(server).contains(#""reason":"revoked""#))
            #expect(try await client.get("/status/1", headers: ["If-None-Match": tag]).status == 200)
        }
    }

    @Test(
        "A restarted server believes no list that is older than it knows; the control: one that knows nothing does",
        arguments: [(99, 1, "status-list-rolled-back"), (100, 2, "trust-list-rolled-back")])
    func restarted(age: Int, sequence: Int, expected: String) async throws {
        let known = SeenPublications(
            trustList: .init(sequence: sequence), statusLists: [Self.uri: RunningServer.now - age])
        let isTrustGood = expected != "trust-list-rolled-back"
        try await Self.expect(expected, knowing: known, isServed: false, isReady: isTrustGood)
        try await Self.expect("valid", knowing: SeenPublications(), isServed: true, isReady: true)
    }

    private static func expect(
        _ answer: String, knowing known: SeenPublications, isServed: Bool, isReady: Bool
    ) async throws {
        let old: (RunningServer) throws -> Void = { try publish($0, issuedAt: RunningServer.now - 100) }
        try await RunningServer.with(memory: PublicationMemory(known: known), prepare: old) { server in
            let client = Client(port: server.port)
            let verdict = try await verdict(server)
            #expect(verdict.contains("\"\(answer)\""))
            #expect(try await client.get("/status/1").status == (isServed ? 200 : 404))
            #expect(try await client.get("/trust/list").status == (isReady ? 200 : 503))
            #expect(try await client.get("/readyz").status == (isReady ? 200 : 503))
        }
    }

    @Test("What is taken up is handed over to be remembered, and a status list of a newer trust list stops the rest")
    func remembered() async throws {
        let seen = Mutex(SeenPublications())
        let memory = PublicationMemory { newer in seen.withLock { $0 = $0.merging(newer) } }
        let old: (RunningServer) throws -> Void = { try Self.publish($0, issuedAt: RunningServer.now - 100) }
        try await RunningServer.with(memory: memory, prepare: old) { server in
            #expect(
                seen.withLock { $0 }
                    == SeenPublications(
                        trustList: .init(sequence: 1, iat: RunningServer.now - 1000),
                        statusLists: [Self.uri: RunningServer.now - 100]))
            #expect(try await Self.verdict(server).contains(#""verdict":"valid""#))
            try Self.publish(server, issuedAt: RunningServer.now - 50, trustSequence: 2)
            try await Self.wait { try await Self.verdict(server).contains("trust-list-rolled-back") }
            let ready = try await Client(port: server.port).get("/readyz")
            #expect(ready.status == 503 && ready.body.contains("trust-list-rolled-back"))
            #expect(seen.withLock { $0.trustList.sequence } == 2)
            // The trust list that it goes with comes in, and all is well.
            try RunningServer.publish(
                sequence: 2, root: server.root, key: server.key, statusKey: server.statusKey, to: server.trustListPath)
            try await Self.wait { try await Self.verdict(server).contains(#""verdict":"valid""#) }
        }
    }

    @Test("Monitors see a list's age and what is left of it; past its days the server is not ready")
    func health() async throws {
        try await RunningServer.with { server in
            let (client, metrics) = (Client(port: server.port), Client(port: server.metricsPort))
            func isAged(_ seconds: Int) async throws -> Bool {
                try await metrics.get("/metrics").body.contains(
                    "signet_status_list_age_seconds{list=\"1\"} \(seconds)\n")
            }
            // The trust list is good for 1,000 s more, after as long.
            func trustLine(_ name: String, _ value: Int) async throws -> Bool {
                try await metrics.get("/metrics").body.contains("signet_trust_list_\(name) \(value)\n")
            }
            for (name, value) in [("sequence", 1), ("age_seconds", 1000), ("expires_seconds", 1000)] {
                #expect(try await trustLine(name, value))
            }
            let trustWarning = "ready\ntrust list 1 is good for 1000 s more; publish a new one\n"
            #expect(try await client.get("/readyz").body == trustWarning)
            try RunningServer.publish(
                sequence: 2, days: 14, root: server.root, key: server.key, statusKey: server.statusKey,
                to: server.trustListPath)
            try await Self.wait { try await trustLine("expires_seconds", 14 * 86_400) }
            #expect(try await client.get("/readyz").body == "ready\n")
            try Self.publish(server, issuedAt: RunningServer.now - 400, left: 7 * 86_400)
            try await Self.wait { try await isAged(400) }
            #expect(
                try await metrics.get("/metrics").body.contains(
                    "signet_status_list_expires_seconds{list=\"1\"} 604800\n"))
            #expect(try await client.get("/readyz").body == "ready\n")
            try Self.publish(server, issuedAt: RunningServer.now - 300, left: 60)
            try await Self.wait { try await isAged(300) }
            let warned = try await client.get("/readyz")
            #expect(warned.status == 200 && warned.body.contains("status list 1 is good for 60 s more"))
            try Self.publish(server, issuedAt: RunningServer.now - 200, left: -1)
            try await Self.wait { try await isAged(200) }
            #expect(try await metrics.get("/metrics").body.contains("expires_seconds{list=\"1\"} -1\n"))
            let expired = try await client.get("/readyz")
            #expect(expired.status == 503 && expired.body.contains("status-list-expired"))
        }
    }

    private struct Details: StatusDetailsSource {
        func details(id: [UInt8], version: Int) async throws -> StatusDetails? {
            guard id == [UInt8](repeating: 0xAB, count: 16), version == 1 else { return nil }
            return StatusDetails(
                status: .superseded, reason: .corrected, since: 1_789_000_000,
                successor: "https://verify.example.org/c#1")
        }
    }

    @Test("Details go to whoever shows the random identity; unknown and valid look the same")
    func details() async throws {
        let id = String(repeating: "ab", count: 16)
        try await RunningServer.with(details: Details()) { server in
            let client = Client(port: server.port)
            let answer = try await client.post("/v1/status-details", #"{"id":"\#(id)","version":1}"#)
            #expect(
                answer.body
                    == #"{"reason":"corrected","since":1789000000,"status":"superseded","successor":"https://verify.example.org/c#1"}"#
            )
            let unknown = try await client.post("/v1/status-details", #"{"id":"\#(id)","version":2}"#)
            #expect(unknown.status == 404 && unknown.body.contains("no-details"))
            for bad in [
                "{}", #"{"id":"ab","version":1}"#, #"{"id":"\#(id)"}"#,
                #"{"id":"\#(String(repeating: "+a", count: 16))","version":1}"#,
            ] {
                #expect(try await client.post("/v1/status-details", bad).status == 400, "\(bad)")
            }
        }
        try await RunningServer.with { server in
            let answer = try await Client(port: server.port).post("/v1/status-details", #"{"id":"\#(id)","version":1}"#)
            #expect(answer.status == 404 && answer.body.contains("no-store"))
        }
    }
}

/// Requests to one port.
private struct Client {
    let port: Int

    func get(_ path: String, headers: [String: String] = [:]) async throws -> HTTPClient.Response {
        try await HTTPClient.request("GET", path, port: port, headers: headers)
    }

    func post(_ path: String, _ json: String) async throws -> HTTPClient.Response {
        try await HTTPClient.request(
            "POST", path, port: port, headers: ["Content-Type": "application/json"], body: json)
    }
}
