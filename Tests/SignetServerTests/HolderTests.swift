import SignetServer
import Synchronization
import Testing

/// One certificate, one invitation, and share codes in memory.
private final class OneHolder: HolderSource {
    static let number = "Y000037000001263000042"
    private struct State {
        var passphrase: String?
        var isInvited = true
        var shares: [String: HolderShare] = [:]
    }
    private let state = Mutex(State())
    private let qrText: String

    init(_ server: RunningServer) throws { qrText = try server.qrText() }

    func claim(_ token: String, passphrase: String) async throws -> Int64? {
        state.withLock { state in
            guard token == "token", state.isInvited else { return nil }
            (state.isInvited, state.passphrase) = (false, passphrase)
            return 7
        }
    }

    func signIn(number: String, passphrase: String) async throws -> Int64? {
        state.withLock { number == Self.number && $0.passphrase == passphrase ? 7 : nil }
    }

    func certificate(_ key: Int64) async throws -> HeldDocument {
        HeldDocument(
            qrText: qrText, number: Self.number, scores: HolderScores(theory: "85.5", skill: "90", review: nil))
    }

    func shares(of key: Int64) async throws -> [HolderShare] { state.withLock { Array($0.shares.values) } }

    func share(_ key: Int64, days: Int, showsScores: Bool) async throws -> (share: HolderShare, code: String)? {
        let now = RunningServer.now
        let share = HolderShare(
            id: "aa", scores: showsScores, createdAt: now, expiresAt: now + days * 86_400, openings: 0)
        state.withLock { $0.shares["CODE"] = share }
        return (share, "CODE")
    }

    func cancelShare(_ id: String, of key: Int64) async throws -> Bool {
        state.withLock { $0.shares.removeValue(forKey: "CODE") != nil }
    }

    func open(code: String) async throws -> OpenedShare? {
        guard let share = state.withLock({ $0.shares[code] }) else { return nil }
        let scores = try await certificate(7).scores
        return OpenedShare(qrText: qrText, scores: share.scores ? scores : nil, expiresAt: share.expiresAt)
    }
}

@Suite(.serialized) struct HolderTests {
    private static let claim = #"{"token":"token","passphrase":"quiet river lamp"}"#

    private func ask(
        _ method: String, _ path: String, _ body: String = "", session: String? = nil, from client: String? = nil,
        _ server: RunningServer
    ) async throws -> HTTPClient.Response {
        var headers = ["Content-Type": "application/json"]
        headers["Authorization"] = session.map { "Bearer " + $0 }
        headers["X-Forwarded-For"] = client
        return try await HTTPClient.request(method, path, port: server.port, headers: headers, body: body)
    }

    private func token(_ answer: HTTPClient.Response) throws -> String {
        try #require(answer.body.split(separator: "\"session\":\"").last?.split(separator: "\"").first).description
    }

    @Test("a claim works once, a share code until it is cancelled, and nothing without a session")
    func wholeWay() async throws {
        try await RunningServer.with(holders: OneHolder.init) { server in
            #expect(try await ask("GET", "/v1/holder/certificate", "", server).status == 401)
            #expect(try await ask("GET", "/v1/holder/certificate", session: "x", server).status == 401)
            let short = #"{"token":"token","passphrase":"short"}"#
            #expect(try await ask("POST", "/v1/holder/claim", short, server).status == 400)
            let first = try await ask("POST", "/v1/holder/claim", Self.claim, server)
            let again = try await ask("POST", "/v1/holder/claim", Self.claim, server)
            #expect(first.status == 200 && again.status == 404 && again.body.contains("no-invitation"))
            let session = try token(first)
            let held = try await ask("GET", "/v1/holder/certificate", session: session, server)
            #expect(held.body.contains(#""verdict":"valid""#) && held.body.contains("85.5"))
            #expect(try await ask("GET", "/v1/holder/document", session: session, server).body.contains("no-documents"))
            let wrong = try await ask("POST", "/v1/share", #"{"code":"OTHER"}"#, server)
            for days in [0, 366] {
                let body = #"{"days":\#(days),"scores":true}"#
                #expect(try await ask("POST", "/v1/holder/shares", body, session: session, server).status == 400)
            }
            let made = try await ask(
                "POST", "/v1/holder/shares", #"{"days":30,"scores":false}"#, session: session, server)
            #expect(made.status == 200 && made.body.contains("CODE"))
            let opened = try await ask("POST", "/v1/share", #"{"code":"CODE"}"#, server)
            #expect(opened.status == 200 && opened.body.contains("王小明"))
            #expect(!opened.body.contains("85.5") && !opened.body.contains(#""id""#))
            #expect(try await ask("DELETE", "/v1/holder/shares/aa", session: session, server).status == 204)
            let cancelled = try await ask("POST", "/v1/share", #"{"code":"CODE"}"#, server)
            #expect(cancelled.status == 404 && cancelled.body == wrong.body)
        }
    }

    @Test("a wrong passphrase and an unknown number get one answer, and tries at one number end")
    func guesses() async throws {
        try await RunningServer.with(trustedProxy: "127.0.0.1", holders: OneHolder.init) { server in
            _ = try await ask("POST", "/v1/holder/claim", Self.claim, from: "192.0.2.1", server)
            let unknown = try await ask(
                "POST", "/v1/holder/session", #"{"number":"Y1","passphrase":"quiet river lamp"}"#, server)
            var statuses: [Int] = []
            for i in 0..<12 {
                // The right one is the last, after the limit.
                let body = #"{"number":"\#(OneHolder.number)","passphrase":"\#(i == 11 ? "quiet river lamp" : "no")"}"#
                let answer = try await ask("POST", "/v1/holder/session", body, from: "198.51.100.\(i)", server)
                if i == 0 { #expect(answer.body == unknown.body) }
                statuses.append(answer.status)
            }
            #expect(statuses == [Int](repeating: 401, count: 10) + [429, 429])
        }
    }

    @Test("Control: the right passphrase lets in")
    func control() async throws {
        try await RunningServer.with(holders: OneHolder.init) { server in
            _ = try await ask("POST", "/v1/holder/claim", Self.claim, server)
            let body = #"{"number":"\#(OneHolder.number)","passphrase":"quiet river lamp"}"#
            #expect(try await ask("POST", "/v1/holder/session", body, server).status == 200)
        }
    }
}
