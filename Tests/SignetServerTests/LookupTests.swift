import Credential
import Foundation
import Lookup
import Seal
import SignetServer
import Synchronization
import Testing
import Verification

/// One certificate in a register, under a thousand numbers.
private struct OneCertificate: CertificateLookup {
    static let number = "Y000037000001263000042"
    let seal: UnverifiedSeal
    let checked = CheckedSignatures()
    /// What a number that somebody has takes longer.
    var leak = Duration.zero

    init(server: RunningServer) throws { seal = try UnverifiedSeal(qrText: server.qrText()) }

    func certificate(numbered number: CertificateNumber, isOf holder: LookupHolder) async throws -> LookupMatch? {
        let fits =
            switch holder {
            case .name(let name): name == "王小明"
            case .idLastSix(let id): id == "29123X"
            }
        guard number.text.hasPrefix(Self.number.dropLast(3)) else { return nil }
        if leak > .zero { try await Task.sleep(for: leak) }
        return fits ? LookupMatch(seal: seal) : nil
    }
}

@Suite(.serialized) struct LookupTests {
    private static let known = OneCertificate.number

    private func ask(_ json: String, _ port: Int, from client: String? = nil) async throws
        -> HTTPClient.Response
    {
        var headers = ["Content-Type": "application/json"]
        headers["X-Forwarded-For"] = client
        return try await HTTPClient.request("POST", "/v1/lookup", port: port, headers: headers, body: json)
    }

    @Test("number and name, or number and last six, give the verdict and never the seal")
    func match() async throws {
        try await RunningServer.with(lookup: OneCertificate.init(server:)) { server in
            let byName = try await ask(#"{"number":"\#(Self.known)","name":"王小明"}"#, server.port)
            #expect(byName.status == 200 && byName.body.contains(#""verdict":"valid""#))
            #expect(byName.body.contains("王小明") && !byName.body.contains(#""id""#))
            let digits = try server.qrText().split(separator: "#")[1].prefix(40)
            #expect(!byName.body.contains(digits))
            let byID = try await ask(#"{"number":"\#(Self.known)","idLastSix":"29123x"}"#, server.port)
            #expect(byID.status == 200 && byID.body.contains("王**") && !byID.body.contains("王小明"))
        }
    }

    @Test("a wrong name and a number that nobody has are told nothing apart, to the byte and in time")
    func refusals() async throws {
        let (isTold, typical) = try await tellsApart(OneCertificate.init(server:))
        #expect(!isTold)
        // Control: a register that takes longer over numbers that somebody has is found. How much longer is a multiple
        // of what answers take on this machine now.
        let control = try await tellsApart(rounds: 20) { server in
            var slow = try OneCertificate(server: server)
            slow.leak = typical * 4
            return slow
        }
        #expect(control.isTold)
    }

    /// Refusals of numbers with a wrong name, and of ones that nobody has; each number and client is new, as both are
    /// limited.
    ///
    /// - Returns: whether they are told apart, and the median of what an answer took.
    private func tellsApart(
        rounds: Int = 40, _ lookup: @escaping @Sendable (RunningServer) throws -> any CertificateLookup
    ) async throws -> (isTold: Bool, typical: Duration) {
        let result = Mutex((isTold: false, typical: Duration.zero))
        try await RunningServer.with(trustedProxies: ["127.0.0.1"], lookup: lookup) { server in
            var (answers, asked): (Set<String>, Int) = ([], 0)
            let found = try await TimeComparison.tellsApart(rounds: rounds) { kind in
                asked += 1
                let number = ["Y000037000001263000", "Y000037000001263999"][kind] + String(100 + asked)
                let answer = try await ask(
                    #"{"number":"\#(number)","name":"李四"}"#, server.port, from: "192.0.2.\(asked)")
                #expect(answer.status == 404)
                answers.insert(answer.body)
            }
            #expect(answers.count == 1)
            result.withLock { $0 = found }
        }
        return result.withLock { $0 }
    }

    @Test("10,000 guesses disclose nothing: from one client, and one certificate's from many")
    func guesses() async throws {
        try await RunningServer.with(trustedProxies: ["127.0.0.1"], lookup: OneCertificate.init(server:)) {
            server in
            var (statuses, bodies): ([Int: Int], Set<String>) = ([:], [])
            for worker in 0..<10 {
                let guesses = (0..<500).flatMap { i in
                    [
                        ("Y0000370000012630\(10_000 + worker * 500 + i)", "王小明", "192.0.2.1"),
                        // The right name is among them, but long after the limit.
                        (Self.known, i == 499 ? "王小明" : "王\(i)", "198.51.100.\(i % 250)"),
                    ]
                }
                for answer in try await answers(to: guesses, port: server.port) {
                    statuses[answer.status, default: 0] += 1
                    if answer.status == 429 {
                        #expect(Int(answer.headers["retry-after"] ?? "") ?? 0 > 0)
                    } else {
                        bodies.insert(answer.body)
                    }
                }
            }
            #expect(statuses[200] == nil)
            #expect(statuses[404] ?? 0 <= 60)
            #expect(statuses.values.reduce(0, +) == 10_000)
            #expect(bodies.count == 1)
        }
    }

    /// Asked on one connection, one behind the other.
    private func answers(to guesses: [(number: String, name: String, client: String)], port: Int) async throws
        -> [HTTPClient.Response]
    {
        let client = try HTTPClient(port: port)
        var text = ""
        for (position, guess) in guesses.enumerated() {
            let body = #"{"number":"\#(guess.number)","name":"\#(guess.name)"}"#
            text += "POST /v1/lookup HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n"
            text += "X-Forwarded-For: \(guess.client)\r\nContent-Length: \(body.utf8.count)\r\n"
            text += (position == guesses.count - 1 ? "Connection: close\r\n" : "") + "\r\n" + body
        }
        async let received = client.readToEnd()
        client.send(text)
        return try await received.split(separator: "HTTP/1.1 ").map { try HTTPClient.Response("HTTP/1.1 " + $0) }
    }

    @Test("what is no question is a problem, and without a register there is no lookup")
    func malformed() async throws {
        try await RunningServer.with(lookup: OneCertificate.init(server:)) { server in
            for body in ["{}", #"{"number":"1"}"#, #"{"number":"1","idLastSix":"1"}"#, #"{"number":"","name":"王"}"#] {
                #expect(try await ask(body, server.port).status == 400)
            }
            // Not from a trusted proxy, so these are all one client.
            for i in 0..<20 { _ = try await ask("{}", server.port, from: "192.0.2.\(i)") }
            #expect(try await ask("{}", server.port, from: "192.0.2.99").status == 429)
        }
        try await RunningServer.with { server in
            let answer = try await ask(#"{"number":"\(Self.known)","name":"王"}"#, server.port)
            #expect(answer.status == 404 && answer.body.contains("lookup-unavailable"))
        }
    }
}
