import Accounts
import Credential
import Encodings
import Errors
import Foundation
import HTTPSupport
import HTTPTypes
import Hummingbird
import Signing
import Store
import StoreSQLite
import TestSupport
import Testing

@testable import Portal

/// Who gets where: every route, each role, against the table written by hand.
@Suite struct RouteTests {
    private static let csv = URL(filePath: #filePath).deletingLastPathComponent()
        .appending(path: "../AccountsTests/roles.csv")

    private static func byHand() throws -> [String: [String: String]] {
        let lines = try String(contentsOf: csv, encoding: .utf8).split(separator: "\n").map {
            $0.split(separator: ",").map(String.init)
        }
        return Dictionary(
            uniqueKeysWithValues: lines.dropFirst().map { line in
                (line[0], Dictionary(uniqueKeysWithValues: zip(lines[0].dropFirst(), line.dropFirst())))
            })
    }

    /// A path with something in its place.
    private static func path(_ route: StaffRoute) -> String {
        route.path.replacing("{id}", with: String(repeating: "a", count: 32)).replacing("{row}", with: "2")
    }

    @Test("every route × every role × own, another and no institution is as roles.csv has it")
    func roles() async throws {
        let (portal, table) = (try TestPortal(), try Self.byHand())
        var (allowed, refused) = (0, 0)
        for role in Role.allCases {
            for institution in [TestPortal.institution.id, InstitutionID("4137012392"), nil] {
                let (_, token) = try await portal.person([TestPortal.role(role, institution)])
                for route in PortalServer.routes {
                    guard case .act(let act) = route.access else { continue }
                    let answer = try await portal.send(route.method, Self.path(route), session: token)
                    let isAllowed = table[act.rawValue]?[role.rawValue] != "-"
                    let reason = "\(role) \(route.method) \(route.path): \(answer.status)"
                    // What is allowed may still ask for a passkey or an account that is there.
                    let isDenied = answer.status == 403 && answer.body.contains("可以办理的角色")
                    #expect(isDenied != isAllowed, "\(reason)")
                    if isAllowed { allowed += 1 } else { refused += 1 }
                }
            }
        }
        #expect(allowed > 60 && refused > 60)
    }

    @Test("who is not signed in, or has no role, gets nothing but the way in")
    func strangers() async throws {
        let portal = try TestPortal()
        let (_, token) = try await portal.person([])
        for route in PortalServer.routes {
            guard case .act = route.access else { continue }
            let stranger = try await portal.send(route.method, Self.path(route))
            #expect(stranger.status == (route.method == .get ? 303 : 401), "\(route.path)")
            #expect(try await portal.send(route.method, Self.path(route), session: token).status == 403)
            #expect(
                try await portal.send(route.method, Self.path(route), session: token + "x").status == stranger.status)
        }
        #expect(try await portal.send(.get, "/sign-in").status == 200)
    }

    @Test("a change wants a sign-in of the last five minutes, and says so")
    func fresh() async throws {
        let portal = try TestPortal()
        let (_, token) = try await portal.person([TestPortal.role(.administrator)])
        let form = "name=%E6%9D%8E&role=officer"
        #expect(try await portal.send(.post, "/accounts", session: token, form: form).status == 200)
        portal.pass(SignedIn.freshSeconds)
        let late = try await portal.send(.post, "/accounts", session: token, form: form)
        #expect(late.status == 403 && late.body.contains("请再登录一次"))
        #expect(try await portal.store.read { try $0.accounts() }.count == 2)
        let page = try await portal.send(.get, "/accounts", session: token)
        #expect(
            page.status == 200 && page.body.contains("/sign-in?next=/accounts") && !page.body.contains("name=\"role\""))
        portal.pass(StaffSession.idleSeconds)
        #expect(try await portal.send(.get, "/accounts", session: token).status == 303)
    }

    @Test("a request that changes something comes from a page of ours, with the form's token")
    func foreign() async throws {
        let portal = try TestPortal()
        let (_, token) = try await portal.person([TestPortal.role(.administrator)])
        // A constant that is a valid header name.
        let site = HTTPField.Name("Sec-Fetch-Site")!
        let foreign: [HTTPFields] = [
            [site: "cross-site"], [site: "same-site"], [site: "none"], [site: ""], [site: "", .origin: "null"],
            [site: "", .origin: "https://example.org"], [site: "", .origin: "https://portal.example.org.evil.example"],
            [site: "", .origin: "http://portal.example.org"], [site: "cross-site", .origin: TestPortal.origin],
        ]
        var tokens: [Role: String] = [:]
        for role in Role.allCases {
            tokens[role] = try await portal.person([TestPortal.role(role, TestPortal.institution.id)]).token
        }
        for route in PortalServer.routes where route.method == .post {
            // Somebody who may do it, so that only the origin and the token stand against it.
            var token = token
            if case .act(let act) = route.access {
                token = try #require(
                    Role.allCases.first { PermissionTable.grant($0, act) != nil }.flatMap { tokens[$0] })
            }
            for headers in foreign {
                let answer = try await portal.send(.post, route.path, session: token, headers: headers)
                #expect(answer.status == 403 && answer.body.contains("不是从本站页面发来"), "\(route.path)")
            }
            let bare = try await portal.send(.post, route.path, session: token, form: "x=1", withToken: false)
            #expect(bare.status == 403 && bare.body.contains("不是从本站页面发来"), "\(route.path)")
        }
        // The control: the same with the origin alone, as older browsers send it, and the token.
        let own = try await portal.send(
            .post, "/sign-out", session: token, headers: [site: "", .origin: TestPortal.origin])
        #expect(own.status == 303)
        #expect(try await portal.send(.get, "/", session: token).status == 303)
    }

    @Test("every answer has the headers, its own too where there is no page")
    func headers() async throws {
        let portal = try TestPortal()
        for path in ["/sign-in", "/", "/nothing", "/accounts/1", "/assets/passkey.js"] {
            let answer = try await portal.send(.get, path)
            for name in [
                "Content-Security-Policy", "Cross-Origin-Opener-Policy", "Cross-Origin-Resource-Policy",
                "X-Content-Type-Options", "Permissions-Policy",
            ] {
                // A constant that is a valid header name.
                #expect(answer.headers[HTTPField.Name(name)!] != nil, "\(path) \(name)")
            }
            #expect(answer.headers[HTTPField.Name("Referrer-Policy")!] == "same-origin")
            #expect(answer.headers[.cacheControl] == (path.hasPrefix("/assets") ? "no-cache" : "no-store"))
        }
        #expect(try await portal.send(.get, "/nothing").status == 404)
    }

    @Test("somebody sees where the account is signed in, and ends one of them or all others")
    func elsewhere() async throws {
        let portal = try TestPortal()
        let (account, token) = try await portal.person([TestPortal.role(.officer)])
        #expect(try await !portal.send(.get, "/account", session: token).body.contains("/account/sessions/end"))
        let sessions = StaffSessions(portal.store.forAccounts)
        var others: [String] = []
        for device in ["Firefox, Windows", "Safari, iPhone", "Edge, Windows"] {
            others.append(
                try await sessions.begin(for: account, device: device, on: TestPortal.day, at: portal.time))
        }
        let page = try await portal.send(.get, "/account", session: token).body
        #expect(page.contains("Firefox, Windows") && page.contains("Safari, iPhone") && page.contains("就是这里"))
        let digest = Base64URL.encode(try SHA256.digest(others[0].utf8))
        let (_, stranger) = try await portal.person([TestPortal.role(.officer)])
        _ = try await portal.send(.post, "/account/sessions/end", session: stranger, form: "session=\(digest)")
        #expect(try await portal.send(.get, "/account", session: others[0]).status == 200)
        #expect(
            try await portal.send(.post, "/account/sessions/end", session: token, form: "session=\(digest)").status
                == 303)
        #expect(try await portal.send(.get, "/account", session: others[0]).status == 303)
        #expect(try await portal.send(.get, "/account", session: others[1]).status == 200)
        #expect(try await portal.send(.post, "/account/sessions/end", session: token).status == 303)
        #expect(try await portal.send(.get, "/account", session: token).status == 200)
        for other in others { #expect(try await portal.send(.get, "/account", session: other).status == 303) }
    }

    @Test("who is asked before the idle end goes on by one request; who does not is signed out")
    func idle() async throws {
        let portal = try TestPortal()
        let (_, token) = try await portal.person([TestPortal.role(.officer)])
        let (_, silent) = try await portal.person([TestPortal.role(.officer)])
        portal.pass(StaffSession.idleSeconds - 100)
        #expect(try await portal.send(.get, "/session", session: token).status == 200)
        portal.pass(200)
        #expect(try await portal.send(.get, "/", session: token).status == 200)
        #expect(try await portal.send(.get, "/", session: silent).status == 303)
        let page = try await portal.send(.get, "/", session: token).body
        #expect(page.contains("data-idle=\"\(StaffSession.idleSeconds)\"") && page.contains("/assets/idle.js"))
        #expect(try await !portal.send(.get, "/sign-in").body.contains("data-idle"))
    }

    @Test("a change of roles, and an administrator, wait for a second administrator, who sees them first of all")
    func proposals() async throws {
        let portal = try TestPortal()
        let (_, first) = try await portal.person([TestPortal.role(.administrator)], name: "甲")
        let (_, second) = try await portal.person([TestPortal.role(.administrator)], name: "乙")
        let (clerk, clerkToken) = try await portal.person([TestPortal.role(.supervisor)], name: "丙")
        let person = "/accounts/\(clerk.id)"
        let asked = try await portal.send(
            .post, "/accounts/roles", session: first, form: "account=\(clerk.id)&role=officer")
        #expect(asked.status == 303 && asked.headers[.location] == person)
        #expect(try await portal.store.read { try $0.roles(of: clerk.id) }.map(\.role) == ["supervisor"])
        let id = try #require(try await portal.store.read { try $0.accountProposals(at: portal.time) }.first?.id.value)
        #expect(try await portal.send(.get, "/", session: second).body.contains(person))
        #expect(try await !portal.send(.get, "/", session: first).body.contains(person))
        let own = try await portal.send(.get, person, session: first).body
        #expect(own.contains("撤回") && !own.contains("/accounts/confirm"))
        #expect(try await portal.send(.get, person, session: second).body.contains("/accounts/confirm"))
        let form = "proposal=\(id)"
        #expect(try await portal.send(.post, "/accounts/confirm", session: first, form: form).status == 403)
        #expect(try await portal.send(.post, "/accounts/confirm", session: clerkToken, form: form).status == 403)
        #expect(try await portal.send(.post, "/accounts/confirm", session: second, form: form).status == 303)
        #expect(try await portal.store.read { try $0.roles(of: clerk.id) }.map(\.role) == ["officer"])
        #expect(try await portal.send(.post, "/accounts/confirm", session: second, form: form).status == 404)
        #expect(try await portal.send(.get, "/", session: clerkToken).status == 303)
        let again = try await StaffSessions(portal.store.forAccounts).begin(
            for: try #require(try await portal.store.read { try $0.account(clerk.id) }), on: TestPortal.day,
            at: portal.time)
        let told = try await portal.send(.get, "/", session: again).body
        #expect(told.contains("您的账号") && told.contains("角色已更改") && told.contains("乙"))
        #expect(try await portal.send(.get, "/", session: first).body.contains("丙"))

        // A link for an administrator, and a new one.
        let (peer, _) = try await portal.person([TestPortal.role(.administrator)], name: "丁")
        let invited = try await portal.send(.post, "/accounts/invite", session: first, form: "account=\(peer.id)")
        #expect(invited.status == 303 && !invited.body.contains("/enrol#"))
        let made = try await portal.send(
            .post, "/accounts", session: first, form: "name=%E6%88%8A&role=administrator")
        #expect(made.status == 303)
        for open in try await portal.store.read({ try $0.accountProposals(at: portal.time) }) {
            let answer = try await portal.send(
                .post, "/accounts/confirm", session: second, form: "proposal=\(open.id.value)")
            let isLink = open.proposal.change == .link
            #expect(answer.status == (isLink ? 200 : 303) && answer.body.contains("/enrol#") == isLink)
        }
        let names = try await portal.store.read { reading in
            try reading.accounts().filter { try reading.roles(of: $0.id).contains { $0.role == "administrator" } }
        }.map(\.name)
        #expect(names.contains("戊"))
    }

    @Test("another's account that is there and one that is not are the same to whoever may not see them")
    func sameBytes() async throws {
        let portal = try TestPortal()
        let (account, _) = try await portal.person([TestPortal.role(.officer)])
        let (_, token) = try await portal.person([TestPortal.role(.registrar, TestPortal.institution.id)])
        let there = try await portal.send(.get, "/accounts/\(account.id)", session: token)
        let none = try await portal.send(.get, "/accounts/\(String(repeating: "a", count: 32))", session: token)
        #expect(there.status == none.status && there.body == none.body)
    }

    @Test("a route that names no act does not start")
    func unlisted() throws {
        let router = Router(context: ServerContext.self)
        for route in PortalServer.routes { router.on(RouterPath(route.path), method: route.method) { _, _ in "" } }
        try PortalServer.requireActs(of: router)
        router.get("/beside") { _, _ in "" }
        #expect(throws: Refusal.self) { try PortalServer.requireActs(of: router) }
    }

    @Test(
        "forms are read strictly",
        arguments: ["a=%", "a=%0", "a=%zz", "a=%00", "a=%ff", String(repeating: "a=1&", count: 401)])
    func forms(bytes: String) {
        #expect(Form(Array(bytes.utf8)) == nil)
        #expect(Form(Array("a=1+2%3d&b=%E7%8E%8B&c&a=3".utf8))?.all("a") == ["1 2=", "3"])
    }
}
