import Credential
import Lookup
import SignetServer
import Synchronization
import Testing

/// One certificate, one invitation, and share codes in memory.
private final class OneHolder: SessionKeeper {
    static let number = "Y000037000001263000042"
    private struct State {
        var passphrase: String?
        var isInvited = true
        var share: HolderShare?
        var openings = 0
    }
    private let state = Mutex(State())
    private let qrText: String

    static let key = CertificateKey(batch: BatchID(1), row: 7)

    init(_ server: RunningServer) throws { qrText = try server.qrText() }

    let sessions = SessionTable()

    func claim(_ token: String, passphrase: String) async throws -> CertificateKey? {
        state.withLock { state in
            guard token == "token", state.isInvited else { return nil }
            (state.isInvited, state.passphrase) = (false, passphrase)
            sessions.endAll()
            return Self.key
        }
    }

    let deviceKey = [UInt8](repeating: 7, count: 32)

    func signIn(number: CertificateNumber, passphrase: String, isKnownDevice: Bool) async throws -> CertificateKey? {
        state.withLock { number.text == Self.number && $0.passphrase == passphrase ? Self.key : nil }
    }

    func certificate(_ key: CertificateKey, withPhoto: Bool) async throws -> HeldDocument {
        HeldDocument(
            qrText: qrText, number: CertificateNumber(Self.number),
            scores: HolderScores(theory: "85.5", skill: "90", review: nil),
            photo: withPhoto ? [0xFF, 0xD8] : nil)
    }

    func shares(of key: CertificateKey) async throws -> [HolderShare] {
        state.withLock { state in
            state.share.map {
                [
                    HolderShare(
                        id: $0.id, label: $0.label, scores: $0.scores, photo: $0.photo, createdAt: $0.createdAt,
                        expiresAt: $0.expiresAt, openings: state.openings)
                ]
            } ?? []
        }
    }

    func share(_ key: CertificateKey, _ wish: ShareWish, from time: Int) async throws -> (
        share: HolderShare, code: String
    ) {
        let share = HolderShare(
            id: "aa", label: wish.label, scores: wish.scores, photo: wish.photo, createdAt: time,
            expiresAt: time + wish.days * 86_400, openings: 0)
        state.withLock { $0.share = share }
        return (share, "CODE")
    }

    func cancelShare(_ id: String, of key: CertificateKey) async throws -> Bool {
        state.withLock { state in
            defer { state.share = nil }
            return state.share != nil
        }
    }

    func share(code: String) async throws -> (share: HolderShare, certificate: CertificateKey)? {
        state.withLock { $0.share }.flatMap { code == "CODE" ? ($0, Self.key) : nil }
    }

    func countOpening(of id: String) async throws { state.withLock { $0.openings += 1 } }
}

@Suite(.serialized) struct HolderTests {
    private static let claim = #"{"token":"token","passphrase":"quiet river lamp"}"#

    private static func wish(label: String = "示例公司", days: Int = 30, all: Bool = false) -> String {
        #"{"label":"\#(label)","days":\#(days),"scores":\#(all),"photo":\#(all)}"#
    }

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
            for wish in [Self.wish(days: 0), Self.wish(days: 366), Self.wish(label: ""), Self.wish(label: "a\\u202eb")]
            {
                #expect(try await ask("POST", "/v1/holder/shares", wish, session: session, server).status == 400)
            }
            let made = try await ask("POST", "/v1/holder/shares", Self.wish(), session: session, server)
            #expect(made.status == 200 && made.body.contains("CODE") && made.body.contains("示例公司"))
            let opened = try await ask("POST", "/v1/share", #"{"code":"CODE"}"#, server)
            #expect(opened.status == 200 && opened.body.contains("王小明"))
            for hidden in ["85.5", "data:image", "示例公司", #""id""#] { #expect(!opened.body.contains(hidden)) }
            #expect(try await ask("DELETE", "/v1/holder/shares/aa", session: session, server).status == 204)
            let cancelled = try await ask("POST", "/v1/share", #"{"code":"CODE"}"#, server)
            #expect(cancelled.status == 404 && cancelled.body == wrong.body)
        }
    }

    @Test("a share code shows scores and photo until its last second; then it looks like a wrong one")
    func expiry() async throws {
        let clock = Atomic(RunningServer.now)
        let end = RunningServer.now + 86_400
        let now = { @Sendable in clock.load(ordering: .relaxed) }
        try await RunningServer.with(holders: OneHolder.init, clock: now) { server in
            let session = try token(await ask("POST", "/v1/holder/claim", Self.claim, server))
            let wish = Self.wish(days: 1, all: true)
            #expect(try await ask("POST", "/v1/holder/shares", wish, session: session, server).status == 200)
            func opened(_ code: String = "CODE") async throws -> HTTPClient.Response {
                try await ask("POST", "/v1/share", #"{"code":"\#(code)"}"#, server)
            }
            // Control: a second earlier it is good.
            clock.store(end - 1, ordering: .relaxed)
            let good = try await opened()
            #expect(good.status == 200 && good.body.contains("85.5"))
            #expect(good.body.contains("data:image/jpeg;base64,/9g="))
            clock.store(end, ordering: .relaxed)
            let (expired, wrong) = (try await opened(), try await opened("OTHER"))
            #expect(expired.status == 404 && expired.body == wrong.body)
            // The session has ended by then, too.
            #expect(try await ask("GET", "/v1/holder/certificate", session: session, server).status == 401)
            let signIn = #"{"number":"\#(OneHolder.number)","passphrase":"quiet river lamp"}"#
            let anew = try token(await ask("POST", "/v1/holder/session", signIn, server))
            let later = try await ask("GET", "/v1/holder/certificate", session: anew, server)
            #expect(later.status == 200 && !later.body.contains("示例公司"))
            clock.store(end - 1, ordering: .relaxed)
            let held = try await ask("GET", "/v1/holder/certificate", session: anew, server)
            #expect(held.body.contains(#""openings":1,"#))
        }
    }

    @Test("a wrong passphrase and an unknown number get one answer, and tries at one number end")
    func guesses() async throws {
        try await RunningServer.with(trustedProxies: ["127.0.0.1"], holders: OneHolder.init) { server in
            _ = try await ask("POST", "/v1/holder/claim", Self.claim, from: "192.0.2.1", server)
            let unknown = try await ask(
                "POST", "/v1/holder/session", #"{"number":"Y999999999999999999999","passphrase":"quiet river lamp"}"#,
                server)
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
