import Accounts
import Acts
import Audit
import AuditLog
import Credential
import Encodings
import Files
import HTTPSupport
import HTTPTypes
import HomeFolder
import Hummingbird
import Logging
import NIOCore
import NIOEmbedded
import Parsing
import PersonalData
import Signing
import Store
import StoreSQLite
import Synchronization
import TestSupport
import WebAuthn

@testable import Portal

/// A portal without sockets, with people in it.
final class TestPortal: Sendable {
    static let origin = "https://portal.example.org"
    static let day = Clock.today()
    static let institution = Institution(
        id: InstitutionID("4137012391"),
        names: [.init(name: "潍坊职业学院", from: CalendarDate(daysSinceEpoch: 0))],
        // One letter and 12 digits.
        numberScheme: try! NumberScheme(institutionPrefix: "Y000037000001"), phone: "", website: "")

    let office: Office
    private let directory: TemporaryDirectory
    private let responder: any HTTPResponder<ServerContext>
    private let clock: ClockBox

    struct Answer: Sendable {
        var status: Int
        var headers: HTTPFields
        var body: String
    }

    init(signing: SigningState = SigningState(.open, isWithin: false)) throws {
        directory = try TemporaryDirectory()
        office = try Self.office(in: directory.path)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let clock = ClockBox(Clock.now())
        self.clock = clock
        responder = try PortalServer.responder(
            office: office, party: RelyingParty(origin: Self.origin), signing: { signing },
            logger: logger, now: { clock.now })
    }

    /// With nothing of a home but what pages need: its passphrase's work would be done for every test.
    private static func office(in folder: String) throws -> Office {
        let config = try HomeConfig(authority: "测试中心", host: "verify.example.org")
        try DurableFile.create(config.encoded(), at: folder + "/config.json", mode: 0o644)
        try DurableFile.create(DataKeys.generate(), at: folder + "/data.keys", mode: 0o600)
        try Folder.create(folder + "/audit")
        let home = try Home(path: folder, pin: { Passphrase("none".utf8) })
        _ = try home.checkpoints.createKey()
        return Office(
            home, store: try SQLiteStore(path: home.databasePath),
            workers: ParsingPool(arguments: [Products.signet, ParsingPool.command]))
    }

    var store: any Store { office.store }

    var time: Int { clock.now }
    func pass(_ seconds: Int) { clock.add(seconds) }

    /// Somebody who is signed in.
    func person(_ roles: [AccountRole], name: String = "王海燕") async throws -> (Account, token: String) {
        var account = try Account.invited(name, at: time)
        (account.state, account.epoch) = (.active, 2)
        let made = account
        try await store.write {
            try $0.insert(made)
            try $0.setRoles(roles, of: made.id)
        }
        return (made, try await StaffSessions(store.forAccounts).begin(for: made, on: Self.day, at: time))
    }

    static func role(_ role: Role, _ institution: InstitutionID? = nil) -> AccountRole {
        AccountRole(role: role.rawValue, institution: institution, from: day, until: nil, grantedBy: "test")
    }

    /// As a browser sends it from a page of ours.
    func send(
        _ method: HTTPRequest.Method = .get, _ path: String, session: String? = nil, form: String? = nil,
        withToken: Bool = true, headers: HTTPFields = [:]
    ) async throws -> Answer {
        let browser = "browser-of-the-test"
        var fields: HTTPFields = [
            .cookie: "\(Cookies.browser)=\(browser)" + (session.map { "; \(Cookies.session)=\($0)" } ?? "")
        ]
        if method != .get { fields[HTTPField.Name("Sec-Fetch-Site")!] = "same-origin" }
        for field in headers { fields[field.name] = field.value.isEmpty ? nil : field.value }
        let csrf = try Cookies.formToken(session ?? browser)
        let body = form.map { (withToken ? "csrf=\(csrf)&" : "") + $0 } ?? (withToken ? "csrf=\(csrf)" : "")
        return try await answer(
            Request(
                head: HTTPRequest(
                    method: method, scheme: "https", authority: "portal.example.org", path: path, headerFields: fields),
                body: RequestBody(buffer: ByteBuffer(string: method == .get ? "" : body))))
    }

    /// A form with a file, as a browser sends it.
    func upload(
        _ path: String, session: String, file: [UInt8], named name: String, fields: [(String, String)] = []
    ) async throws -> Answer {
        let boundary = "----test"
        let texts = [("csrf", try Cookies.formToken(session))] + fields
        var body: [UInt8] = []
        for (name, value) in texts {
            body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"\(name)\"\r\n\r\n\(value)\r\n".utf8
        }
        body += "--\(boundary)\r\nContent-Disposition: form-data; name=\"file\"; filename=\"\(name)\"\r\n".utf8
        body += Array("Content-Type: application/octet-stream\r\n\r\n".utf8) + file + "\r\n--\(boundary)--\r\n".utf8
        return try await answer(
            Request(
                head: HTTPRequest(
                    method: .post, scheme: "https", authority: "portal.example.org", path: path,
                    headerFields: [
                        .cookie: "\(Cookies.browser)=browser-of-the-test; \(Cookies.session)=\(session)",
                        HTTPField.Name("Sec-Fetch-Site")!: "same-origin",
                        .contentType: "multipart/form-data; boundary=\(boundary)",
                    ]), body: RequestBody(buffer: ByteBuffer(bytes: body))))
    }

    private func answer(_ request: Request) async throws -> Answer {
        let source = ApplicationRequestContextSource(channel: EmbeddedChannel(), logger: Logger(label: "test"))
        let response = try await responder.respond(to: request, context: ServerContext(source: source))
        let collector = Collector()
        try await response.body.write(Writer(collector: collector))
        return Answer(status: response.status.code, headers: response.headers, body: collector.text)
    }
}

private final class ClockBox: Sendable {
    private let value: Mutex<Int>
    init(_ now: Int) { value = Mutex(now) }
    var now: Int { value.withLock { $0 } }
    func add(_ seconds: Int) { value.withLock { $0 += seconds } }
}

private final class Collector: Sendable {
    private let bytes = Mutex<[UInt8]>([])
    func add(_ buffer: ByteBuffer) { bytes.withLock { $0 += buffer.readableBytesView } }
    var text: String { bytes.withLock { String(decoding: $0, as: UTF8.self) } }
}

private struct Writer: ResponseBodyWriter {
    let collector: Collector
    mutating func write(_ buffer: ByteBuffer) async throws { collector.add(buffer) }
    consuming func finish(_ trailingHeaders: HTTPFields?) async throws {}
}
