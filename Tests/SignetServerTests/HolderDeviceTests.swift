import Credential
import Foundation
import HTTPSupport
import HTTPTypes
import Hummingbird
import Lookup
import NIOCore
import Synchronization
import Testing

@testable import SignetServer

/// One holder, and how often a passphrase was compared.
private final class Holder: SessionKeeper {
    static let number = "Y000037000001263000042"
    static let passphrase = "quiet river lamp"
    private let qrText: String
    let deviceKey = [UInt8](repeating: 9, count: 32)
    private let counts = Mutex((known: 0, strangers: 0))
    /// Whether those who compare passphrases have no room for strangers.
    let isBusy = Mutex(false)

    private static let key = CertificateKey(batch: BatchID(1), row: 7)

    init(_ server: RunningServer) throws { qrText = try server.qrText() }

    let sessions = SessionTable()

    func claim(_ token: String, passphrase: String) async throws -> CertificateKey? {
        Self.key
    }

    func signIn(number: CertificateNumber, passphrase: String, isKnownDevice: Bool) async throws -> CertificateKey? {
        if !isKnownDevice, isBusy.withLock({ $0 }) { throw ServerBusy(seconds: 10, .passphrases) }
        counts.withLock { if isKnownDevice { $0.known += 1 } else { $0.strangers += 1 } }
        return number.text == Self.number && passphrase == Self.passphrase ? Self.key : nil
    }

    func certificate(_ key: CertificateKey, withPhoto: Bool) async throws -> HeldDocument {
        HeldDocument(
            qrText: qrText, number: CertificateNumber(Self.number),
            scores: HolderScores(theory: nil, skill: nil, review: nil), photo: nil)
    }

    func shares(of key: CertificateKey) async throws -> [HolderShare] { [] }
    func share(_ key: CertificateKey, _ wish: ShareWish, from time: Int) async throws -> (
        share: HolderShare, code: String
    ) {
        throw ServerBusy(seconds: 1, .passphrases)
    }
    func cancelShare(_ id: String, of key: CertificateKey) async throws -> Bool { false }
    func share(code: String) async throws -> (share: HolderShare, certificate: CertificateKey)? { nil }
    func countOpening(of id: String) async throws {}
}

/// No stranger locks a holder out, and no spelling of a number is another one.
@Suite(.serialized) struct HolderDeviceTests {
    private func signIn(
        _ server: RunningServer, _ passphrase: String, number: String = Holder.number, from client: String,
        cookie: String? = nil
    ) async throws -> HTTPClient.Response {
        var headers = ["Content-Type": "application/json", "X-Forwarded-For": client]
        headers["Cookie"] = cookie
        let body = try JSONEncoder().encode(["number": number, "passphrase": passphrase])
        return try await HTTPClient.request(
            "POST", "/v1/holder/session", port: server.port, headers: headers,
            body: String(decoding: body, as: UTF8.self))
    }

    /// What a browser sends back.
    private func cookie(_ answer: HTTPClient.Response) throws -> String {
        let cookie = try #require(answer.headers["set-cookie"])
        for word in ["Secure", "HttpOnly", "SameSite=Strict", "Path=/v1/holder"] { #expect(cookie.contains(word)) }
        return try #require(cookie.split(separator: ";").first.map(String.init))
    }

    @Test("tries of strangers at a number end; the holder's device gets in all the same")
    func lockOut() async throws {
        try await RunningServer.with(trustedProxies: ["127.0.0.1"], holders: Holder.init) { server in
            let first = try await signIn(server, Holder.passphrase, from: "203.0.113.1")
            let known = try cookie(first)
            var statuses: [Int] = []
            for index in 0..<14 {
                statuses.append(try await signIn(server, "wrong \(index)", from: "198.51.100.\(index)").status)
            }
            #expect(statuses.suffix(4) == [429, 429, 429, 429])
            // Control: without the device's cookie, or with one that somebody made up, the holder waits, too.
            #expect(try await signIn(server, Holder.passphrase, from: "203.0.113.2").status == 429)
            let name = String(known.prefix { $0 != "=" })
            for forged in ["\(name)=x", "\(name)=\(String(repeating: "A", count: 48))", known.dropLast() + "A"] {
                let answer = try await signIn(server, Holder.passphrase, from: "203.0.113.3", cookie: "a=b; \(forged)")
                #expect(answer.status == 429 || known.hasSuffix("A"))
            }
            let again = try await signIn(server, Holder.passphrase, from: "198.51.100.3", cookie: "a=b; \(known); c=d")
            #expect(again.status == 200)
            // The device itself has few tries, too.
            var own: [Int] = []
            for _ in 0..<14 {
                own.append(try await signIn(server, "wrong", from: "203.0.113.4", cookie: known).status)
            }
            #expect(own.first == 401 && own.last == 429)
        }
    }

    @Test("a cookie is good for its certificate, with its key, for a year")
    func tokens() throws {
        let time = Mutex(1_790_000_000)
        let devices = KnownDevices(key: [UInt8](repeating: 1, count: 32)) { time.withLock { $0 } }
        let (one, other) = (CertificateNumber(Holder.number), CertificateNumber("Y000037000001263000043"))
        func request(_ cookie: String) -> Request {
            Request(
                head: HTTPRequest(
                    method: .post, scheme: nil, authority: nil, path: "/", headerFields: [.cookie: cookie]),
                body: RequestBody(buffer: ByteBuffer()))
        }
        func sent(_ cookie: String) -> String { String(cookie.prefix { $0 != ";" }) }
        let cookie = sent(try devices.cookie(for: one, in: request("")))
        #expect(devices.device(in: request(cookie), of: one) != nil)
        #expect(devices.device(in: request(cookie), of: other) == nil)
        let stranger = KnownDevices(key: [UInt8](repeating: 2, count: 32)) { 1_790_000_000 }
        #expect(stranger.device(in: request(cookie), of: one) == nil)
        #expect(!cookie.contains("Y0000"))
        // A second certificate on the same device leaves the first.
        let both = sent(try devices.cookie(for: other, in: request(cookie)))
        #expect(
            devices.device(in: request(both), of: one) != nil && devices.device(in: request(both), of: other) != nil)
        time.withLock { $0 += 366 * 86_400 }
        #expect(devices.device(in: request(both), of: one) == nil)
    }

    @Test("one number is one, however it is written; a NUL is refused")
    func spellings() async throws {
        try await RunningServer.with(trustedProxies: ["127.0.0.1"], holders: Holder.init) { server in
            let n = Holder.number
            let wide = n.unicodeScalars.map { String(Unicode.Scalar($0.value + 0xFEE0) ?? $0) }.joined()
            let spellings = [
                n, n.lowercased(), " \(n)", "\(n)。", wide, "\(n.prefix(5))-\(n.dropFirst(5))", "\(n)\u{200B}",
            ]
            for (index, number) in spellings.enumerated() {
                let answer = try await signIn(server, Holder.passphrase, number: number, from: "198.51.100.\(index)")
                #expect(answer.status == 200, "\(number)")
            }
            // The same allowance: it is used up by spellings, and no other spelling has another.
            for index in 0..<10 {
                _ = try await signIn(
                    server, "wrong", number: spellings[index % spellings.count], from: "198.51.100.\(50 + index)")
            }
            for (index, number) in spellings.enumerated() {
                let answer = try await signIn(server, Holder.passphrase, number: number, from: "203.0.113.\(index)")
                #expect(answer.status == 429, "\(number)")
            }
            for number in ["\(n)\0x", "\(n)\0", "Y1", "", "\(n)1"] {
                let answer = try await signIn(server, Holder.passphrase, number: number, from: "203.0.113.99")
                #expect(answer.status == 400, "\(number)")
            }
        }
    }

    @Test("when too many passphrases wait, strangers are told to come again")
    func busy() async throws {
        let source = Mutex<Holder?>(nil)
        @Sendable func kept(_ server: RunningServer) throws -> any HolderSource {
            let holder = try Holder(server)
            source.withLock { $0 = holder }
            return holder
        }
        try await RunningServer.with(trustedProxies: ["127.0.0.1"], holders: kept) { server in
            let known = try cookie(await signIn(server, Holder.passphrase, from: "203.0.113.1"))
            source.withLock { $0?.isBusy.withLock { $0 = true } }
            let stranger = try await signIn(server, "wrong", from: "198.51.100.1")
            #expect(stranger.status == 503 && stranger.headers["retry-after"] == "10")
            #expect(try await signIn(server, Holder.passphrase, from: "198.51.100.2", cookie: known).status == 200)
        }
    }
}
