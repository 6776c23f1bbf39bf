import Accounts
import Errors
import Foundation
import HTTPTypes
import Mustache
import Store
import StoreSQLite
import TestSupport
import Testing

@testable import Portal

/// What pages make of the names that people give.
@Suite struct PageTests {
    /// Marks of HTML, each with what could hide it from a reader of characters.
    static let hostile: [String] = {
        let marks = ["\"", "'", "<", ">", "&"]
        let beside = [
            "", "\u{301}", "\u{200D}", "\u{FE0F}", "\u{20DD}", "\u{200C}", "\u{34F}", "\u{E0101}", "\u{1F3FD}",
            "\u{327}",
        ]
        let frames: [@Sendable (String) -> String] = [
            { $0 }, { $0 + " onfocus=alert(1) x=" + $0 }, { $0 + "<img src=x onerror=alert(1)>" }, { "王" + $0 + "燕" },
            { "</title>" + $0 + "<script>alert(1)</script>" }, { "{{" + $0 + "}}" }, { $0 + "--><svg onload=1>" },
            { "&#x22;" + $0 }, { $0 + $0 + $0 }, { "javascript:alert(1)" + $0 },
        ]
        return marks.flatMap { mark in beside.flatMap { near in frames.map { $0(mark + near) } } }
    }()

    static func marks(_ page: String) -> [Int] {
        let bytes = Array(page.utf8)
        return ["<", ">", "\"", "'"].map { mark in bytes.count { $0 == mark.utf8.first } }
    }

    @Test("500 hostile names make no mark of HTML more than a plain one, on any page that shows them")
    func names() async throws {
        #expect(Set(Self.hostile).count >= 500)
        let portal = try TestPortal()
        let (_, token) = try await portal.person([TestPortal.role(.administrator)])
        var (other, _) = try await portal.person([TestPortal.role(.officer)], name: "plain")
        try await portal.store.write { [other] in
            try $0.insert(
                Passkey(
                    id: [1], account: other.id, cose: [], counter: 0, isBackupEligible: false, transports: [],
                    label: "plain", addedAt: 0))
        }
        let paths = ["/accounts", "/accounts/\(other.id)"]
        var plain: [String: [Int]] = [:]
        for path in paths { plain[path] = Self.marks(try await portal.send(.get, path, session: token).body) }
        for name in Self.hostile {
            (other.name, other.epoch) = (name, other.epoch + 1)
            try await portal.store.write { [other] in try $0.update(other) }
            for path in paths {
                let page = try await portal.send(.get, path, session: token)
                #expect(page.status == 200 && Self.marks(page.body) == plain[path], "\(path)")
            }
        }
    }

    @Test("the same of the own name and the names of the own passkeys")
    func ownNames() async throws {
        let portal = try TestPortal()
        var plain: [String: [Int]] = [:]
        for name in ["plain"] + Self.hostile {
            let (account, token) = try await portal.person([TestPortal.role(.officer)], name: name)
            try await portal.store.write {
                try $0.insert(
                    Passkey(
                        id: account.id.bytes, account: account.id, cose: [], counter: 0, isBackupEligible: false,
                        transports: [], label: name, addedAt: 0))
            }
            for path in ["/", "/account"] {
                let page = try await portal.send(.get, path, session: token)
                if name == "plain" { plain[path] = Self.marks(page.body) }
                #expect(page.status == 200 && Self.marks(page.body) == plain[path], "\(path)")
            }
        }
    }

    @Test(
        "what is typed wrongly stays in its field, and makes no mark either",
        arguments: ["", "\"><b>", String(repeating: "长", count: 61)])
    func typed(name: String) async throws {
        let portal = try TestPortal()
        let (_, token) = try await portal.person([TestPortal.role(.administrator)])
        let sent = name.utf8.map { "%" + (($0 < 16 ? "0" : "") + String($0, radix: 16)) }.joined()
        let page = try await portal.send(.post, "/accounts", session: token, form: "name=\(sent)&until=2027-07-31")
        #expect(page.status == 422 && page.body.contains("错误：") && page.body.contains("value=\"2027-07-31\""))
        #expect(page.body.contains("value=\"\(ByteEscaping().escapeText(name))\"") && !page.body.contains("<b>"))
    }

    @Test("our escaping leaves no mark; the library's own lets some pass")
    func control() {
        for name in Self.hostile { #expect(Self.marks(ByteEscaping().escapeText(name)) == [0, 0, 0, 0]) }
        let library = try? MustacheTemplate(string: "{{name}}")
        let passed = Self.hostile.count { Self.marks(library?.render(["name": $0]) ?? "") != [0, 0, 0, 0] }
        #expect(passed > 0)
    }

    @Test("a name that is missing is told, in whichever section it stands")
    func missing() throws {
        let layout = Array("{{% CONTENT_TYPE:PORTAL}}\n<title>{{title}}</title>\n{{! body }}\n".utf8)
        let page = try PageTemplate(
            Array("{{% CONTENT_TYPE:PORTAL}}\n{{#rows}}{{a}}{{t.b}}{{/rows}}{{^rows}}{{c}}{{/rows}}".utf8), in: layout)
        let rows: [[String: Any]] = [["a": "1"]]
        let good: [String: Any] = ["title": "x", "rows": rows, "t": ["b": "2"] as [String: Any]]
        #expect(try page.render(good).contains("12"))
        for (name, value) in [
            ("title", nil), ("rows", nil), ("rows", [["z": 1] as [String: Any]]), ("t", ["z": 1] as [String: Any]),
            ("rows", [] as [[String: Any]]),
        ] as [(String, Any?)] {
            var bad = good
            bad[name] = value
            #expect(throws: Refusal.self) { try page.render(bad) }
        }
    }

    @Test(
        "a template without the pragma, or that writes anything as it is, does not start",
        arguments: [
            "<p>{{a}}</p>", "{{% CONTENT_TYPE:HTML}}\n", "{{% CONTENT_TYPE:PORTAL}}\n{{{a}}}",
            "{{% CONTENT_TYPE:PORTAL}}\n{{&a}}",
            "{{% CONTENT_TYPE:PORTAL}}\n{{>part}}", "{{% CONTENT_TYPE:PORTAL}}\n{{% CONTENT_TYPE:TEXT}}",
            "{{% CONTENT_TYPE:PORTAL}}\n{{#a}}", "{{% CONTENT_TYPE:PORTAL}}\n{{/a}}",
        ])
    func templates(text: String) {
        let layout = Array("{{% CONTENT_TYPE:PORTAL}}\n{{! body }}\n".utf8)
        #expect(throws: Refusal.self) { try PageTemplate(Array(text.utf8), in: layout) }
    }

    @Test("every page has all its words in both languages")
    func words() throws {
        for catalogue in [
            Catalogue.layout, .signIn, .enrol, .codes, .home, .account, .accounts, .person, .link, .problem,
            .batches, .batch, .jobs, .job, .news, .password, .reviews, .review, .sample, .approve,
            .sheets, .sheetNew, .sheet, .sheetFindings, .sheetRow, .sheetSubmit, .sheetHistory,
        ] {
            for (name, words) in catalogue.entries {
                #expect(!words.zh.isEmpty && !words.en.isEmpty, "\(name)")
                let isNative = name == "otherLanguage" || words.zh.unicodeScalars.contains { $0.value > 0x2E80 }
                #expect(
                    isNative && (name == "otherLanguage" || words.en.unicodeScalars.allSatisfy { $0.value < 0x2E80 }),
                    "\(name)")
            }
        }
    }

    @Test("the colours and faces are those of the verification page")
    func tokens() throws {
        let sources = Vectors.directory.appending(path: "../../Sources")
        let read = { (path: String) in try String(contentsOf: sources.appending(path: path), encoding: .utf8) }
        let (page, portal) = (try read("SignetServer/Resources/page.css"), try read("Portal/Resources/portal.css"))
        let start = try #require(page.firstRange(of: ":root {")).lowerBound
        let end = try #require(page.firstRange(of: "* { box-sizing")).lowerBound
        #expect(portal.contains(page[start..<end]))
    }
}
