import Accounts
import Encodings
import Errors
import Foundation
import HTTPTypes
import Signing
import Store
import TestSupport
import Testing

@testable import Portal

/// Passwords and codes, through the pages that set and ask for them.
@Suite struct PasswordPageTests {
    private static let password = "four words on one line"
    private let portal: TestPortal

    init() throws { portal = try TestPortal() }

    private func field(_ name: String, in page: String) throws -> String {
        let found = try #require(page.firstMatch(of: Regex("name=\"\(name)\" value=\"([^\"]*)\"")))
        return String(try #require(found.output[1].substring))
    }

    private func secret(in page: String) throws -> [UInt8] {
        let found = try #require(page.firstMatch(of: /<dd class="code">([A-Z2-7 ]{39})<\/dd>/))
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567")
        var (buffer, bits, bytes) = (0, 0, [UInt8]())
        for character in found.output.1 where character != " " {
            buffer = (buffer << 5 | (try #require(alphabet.firstIndex(of: character)))) & 0xFFFF
            bits += 5
            if bits >= 8 {
                bits -= 8
                bytes.append(UInt8(truncatingIfNeeded: buffer >> bits))
            }
        }
        return bytes
    }

    private func code(_ secret: [UInt8]) throws -> String {
        try TimeCode.code(secret, step: TimeCode.step(at: portal.time))
    }

    private func form(_ fields: [String: String]) -> String {
        fields.map { $0 + "=" + $1.utf8.map { "%" + Hex.encode([$0]) }.joined() }.joined(separator: "&")
    }

    @Test("who is allowed sets a password and code when signed in, and signs in by them; who is not does neither")
    func whenSignedIn() async throws {
        let (_, administrator) = try await portal.person([TestPortal.role(.administrator)], name: "甲")
        let (account, token) = try await portal.person([TestPortal.role(.officer)], name: "乙")
        #expect(try await portal.send(.post, "/account/password/begin", session: token).status == 403)
        #expect(try await !portal.send(.get, "/account", session: token).body.contains("/account/password"))
        let allow = form(["account": "\(account.id)", "signInName": "yi"])
        #expect(try await portal.send(.post, "/accounts/password", session: token, form: allow).status == 403)
        #expect(try await portal.send(.post, "/accounts/password", session: administrator, form: allow).status == 303)
        #expect(try await portal.send(.get, "/account", session: token).body.contains("/account/password/begin"))
        #expect(try await portal.send(.get, "/", session: token).body.contains("可以用密码和动态码登录"))

        let page = try await portal.send(.post, "/account/password/begin", session: token)
        let (setup, secret) = (try field("setup", in: page.body), try secret(in: page.body))
        #expect(page.status == 200 && page.body.contains("data:image/png;base64,"))
        for wrong in [["password": "short", "code": try code(secret)], ["password": Self.password, "code": "000000"]] {
            let answer = try await portal.send(
                .post, "/account/password", session: token, form: form(wrong.merging(["setup": setup]) { $1 }))
            #expect(answer.status == 422 && answer.body.contains("错误：") && answer.body.contains(setup))
        }
        let set = form(["setup": setup, "password": Self.password, "code": try code(secret)])
        #expect(try await portal.send(.post, "/account/password", session: token, form: set).status == 303)
        #expect(try await portal.send(.get, "/account", session: token).status == 200)

        portal.pass(60)
        func signIn(_ password: String, _ code: String) async throws -> TestPortal.Answer {
            try await portal.send(
                .post, "/sign-in/password", form: form(["name": "yi", "password": password, "code": code]))
        }
        let refused = try await signIn("another", code(secret))
        #expect(refused.status == 403 && refused.body.contains("value=\"yi\"") && !refused.body.contains("another"))
        let entered = try await signIn(Self.password, "\(try code(secret).prefix(3)) \(try code(secret).suffix(3))")
        let cookie = try #require(entered.headers[values: .setCookie].first { $0.hasPrefix(Cookies.session) })
        let session = try #require(cookie.firstMatch(of: /=([^;]+);/)).output.1
        #expect(try await portal.send(.get, "/account", session: String(session)).body.contains("密码登录"))
        #expect(try await signIn(Self.password, code(secret)).status == 403)

        let end = form(["account": "\(account.id)"])
        #expect(try await portal.send(.post, "/accounts/password/end", session: administrator, form: end).status == 303)
        #expect(try await portal.send(.get, "/", session: String(session)).status == 303)
        portal.pass(60)
        #expect(try await signIn(Self.password, code(secret)).status == 403)
    }

    @Test("an invitation is taken up by password where that is allowed, once")
    func byLink() async throws {
        let account = try Account.invited("丙", at: portal.time)
        let link = try NewEnrolmentLink(for: account.id, at: portal.time)
        try await portal.store.write {
            try $0.insert(account)
            try $0.setRoles([TestPortal.role(.officer)], of: account.id)
            try $0.save(link.record)
        }
        let begin = form(["token": link.token])
        #expect(try await portal.send(.post, "/enrol/password/begin", form: begin).status == 403)
        try await portal.store.write { [portal] in
            try $0.allowPassword(PasswordAccess(account: account.id, signInName: "bing", allowedAt: portal.time))
        }
        let page = try await portal.send(.post, "/enrol/password/begin", form: begin).body
        #expect(try field("token", in: page) == link.token && page.contains("/enrol/password"))
        let secret = try secret(in: page)
        let set = form([
            "token": link.token, "setup": try field("setup", in: page), "password": Self.password,
            "code": try code(secret),
        ])
        let entered = try await portal.send(.post, "/enrol/password", form: set)
        #expect(entered.status == 303 && entered.headers[values: .setCookie].contains { $0.hasPrefix(Cookies.session) })
        #expect(try await portal.store.read { try $0.account(account.id)?.state } == .active)
        #expect(try await portal.send(.post, "/enrol/password", form: set).status == 403)
    }
}
