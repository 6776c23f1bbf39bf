import Accounts
import AuditLog
import Credential
import Foundation
import HTTPTypes
import HomeFolder
import Store
import TestSupport
import Testing

@testable import Acts
@testable import Portal

/// From a submission that waits to the rows that were compared.
@Suite struct ReviewPageTests {
    private let portal: TestPortal
    private let maker: Account

    init() async throws {
        portal = try TestPortal()
        maker = try await portal.person([TestPortal.role(.registrar, TestPortal.institution.id)], name: "王海燕").0
    }

    private func officer(_ name: String = "李明") async throws -> (Account, String) {
        try await portal.person([TestPortal.role(.officer)], name: name)
    }

    private func tick(_ submission: Submission, _ rows: [Int], _ answer: String, _ token: String) async throws -> Int {
        let fields = rows.map { "row-\($0)=\(answer)&note-\($0)=%E6%88%90%E7%BB%A9" }.joined(separator: "&")
        return try await portal.send(
            .post, "/reviews/sample", session: token, form: "submission=\(submission.id.value)&page=1&\(fields)"
        ).status
    }

    @Test("one officer takes a submission; what is always looked at and what was drawn is shown with why")
    func claim() async throws {
        let submission = try await SubmittedSheet.make(200, in: portal, by: maker)
        let path = "/reviews/\(submission.id.value)"
        let (one, token) = try await officer()
        let (_, other) = try await officer("赵敏")
        let home = try await portal.send(.get, "/", session: token).body
        #expect(home.contains("审批成绩表") && home.contains("1 份等待审核"))
        #expect(try await portal.send(.get, "/reviews", session: token).body.contains("2026 年 6 月成绩"))
        let before = try await portal.send(.get, path, session: token)
        #expect(before.body.contains("领取并抽取") && before.body.contains("王海燕") && before.body.contains("缺考 2"))
        let form = "submission=\(submission.id.value)"
        #expect(try await portal.send(.post, "/reviews/claim", session: token, form: form).status == 303)
        #expect(try await portal.send(.post, "/reviews/claim", session: other, form: form).status == 409)
        let review = try #require(try await portal.store.read { try $0.review(of: submission.id) })
        let drawn = ReviewSample.size(of: 200)
        #expect(review.officer == one.id && (drawn...drawn + 3).contains(review.rows.count))
        #expect(Set([2, 3, 4]).isSubset(of: review.rows))
        let page = try await portal.send(.get, path + "/sample", session: token)
        for words in ["压线", "其他证件", "按说明处理", "随机抽取", "第 2 行", "把握是 95%"] {
            #expect(page.body.contains(words), "\(words)")
        }
        #expect(!page.body.contains(SampleSheet.identityNumber(2)) && page.body.contains("/sample?page=2"))
        let second = try await portal.send(.get, path + "/sample?page=2", session: token)
        #expect(second.body.components(separatedBy: "id=\"row-").count - 1 == review.rows.count - 50)
        let record = try await portal.store.read { try $0.auditEntries(after: 0, limit: 9) }
        #expect(
            record.map(\.act.kind) == [.reviewBegun]
                && record[0].act.subject[number: .certificates] == review.rows.count)
    }

    @Test("nobody reviews a sheet that they had a hand in")
    func contributor() async throws {
        let (officer, token) = try await officer()
        let submission = try await SubmittedSheet.make(5, in: portal, by: officer)
        let page = try await portal.send(.get, "/reviews/\(submission.id.value)", session: token)
        #expect(page.body.contains("您参与过这份成绩表") && !page.body.contains("/reviews/claim"))
        let claim = try await portal.send(
            .post, "/reviews/claim", session: token, form: "submission=\(submission.id.value)")
        #expect(claim.status == 403)
        #expect(try await portal.store.read { try $0.submission(submission.id)?.state } == .waiting)
    }

    @Test("rows are ticked a page at a time; all of them right, and the way to the approval is open")
    func ticks() async throws {
        let submission = try await SubmittedSheet.make(8, in: portal, by: maker)
        let path = "/reviews/\(submission.id.value)"
        let (_, token) = try await officer()
        _ = try await portal.send(
            .post, "/reviews/claim", session: token, form: "submission=\(submission.id.value)")
        #expect(try await tick(submission, [2, 3], "right", token) == 303)
        #expect(try await tick(submission, [4], "wrong", token) == 303)
        let half = try await portal.send(.get, path, session: token).body
        #expect(half.contains("一致 2 行，不一致 1 行，还没有核对 5 行") && !half.contains(path + "/approve"))
        #expect(try await portal.send(.get, path + "/sample", session: token).body.contains("value=\"成绩\""))
        #expect(try await tick(submission, Array(2...9), "right", token) == 303)
        #expect(try await portal.send(.get, path, session: token).body.contains(path + "/approve"))
        // A row that was not drawn, and somebody who does not review it.
        #expect(try await tick(submission, [99], "right", token) == 404)
        let (_, other) = try await officer("赵敏")
        #expect(try await tick(submission, [2], "wrong", other) == 409)
        #expect(try await portal.send(.get, path, session: token).body.contains(path + "/approve"))
    }

    @Test("what is sent back says why, and waits for its maker")
    func giveBack() async throws {
        let submission = try await SubmittedSheet.make(5, in: portal, by: maker)
        let (_, token) = try await officer()
        let form = "submission=\(submission.id.value)"
        _ = try await portal.send(.post, "/reviews/claim", session: token, form: form)
        let empty = try await portal.send(.post, "/reviews/return", session: token, form: form + "&reason=%20")
        #expect(empty.status == 422 && empty.body.contains("请写明退回的原因"))
        let done = try await portal.send(
            .post, "/reviews/return", session: token, form: form + "&reason=%E5%A7%93%E5%90%8D")
        #expect(done.status == 303)
        let now = try #require(try await portal.store.read { try $0.submission(submission.id) })
        #expect(now.state == .returned && now.reason == "姓名")
        #expect(try await portal.store.read { try $0.sheet(submission.sheet)?.state } == .draft)
        let last = try await portal.store.read { try $0.lastAuditEntry() }
        #expect(last?.act.kind == .sheetReturned && last?.act.digest == submission.digest && last?.act.reason == "")
        let again = try await portal.send(.post, "/reviews/return", session: token, form: form + "&reason=x")
        #expect(again.status == 409)
    }

    @Test("another institution's submission is as if there were none")
    func scope() async throws {
        let submission = try await SubmittedSheet.make(5, in: portal, by: maker)
        let (_, token) = try await portal.person([TestPortal.role(.officer, InstitutionID("4137012392"))])
        for suffix in ["", "/sample", "/frozen", "/specimen?row=2"] {
            let there = try await portal.send(.get, "/reviews/\(submission.id.value)" + suffix, session: token)
            let none = try await portal.send(.get, "/reviews/999" + suffix, session: token)
            #expect(there.status == 404 && there.body == none.body, "\(suffix)")
        }
        #expect(try await !portal.send(.get, "/reviews", session: token).body.contains("2026 年 6 月成绩"))
    }

    @Test("500 hostile names make no mark of HTML more than plain ones")
    func names() async throws {
        let (account, token) = try await officer()
        func pages(_ names: [String]) async throws -> [Int] {
            let submission = try await SubmittedSheet.make(1, in: portal, by: maker)
            let cards = try names.enumerated().map { try Self.card($0.offset, $0.element) }
            let box = try ReviewBox(portal.office.home.dataKeys()).seal(cards, of: submission.id)
            try await portal.store.write { store in
                try store.insert(
                    SubmissionReview(
                        submission: submission.id, officer: account.id, seed: [1], rows: cards.map(\.row), box: box,
                        begunAt: 300))
            }
            return try await withThrowingTaskGroup(of: (Int, Int).self) { group in
                for page in 1...(names.count / SamplePage.rowsOfPage) {
                    group.addTask { [portal] in
                        let path = "/reviews/\(submission.id.value)/sample?page=\(page)"
                        let body = try await portal.send(.get, path, session: token).body
                        return (page, body.utf8.count { [0x3C, 0x3E, 0x22, 0x27].contains($0) })
                    }
                }
                return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }.sorted { $0.key < $1.key }.map(\.value)
            }
        }
        let hostile = PageTests.hostile.prefix(500)
        let plain = try await pages(hostile.map { _ in "张晓丽" })
        #expect(plain.count == 10 && plain.allSatisfy { $0 > 1_000 })
        #expect(try await pages(Array(hostile)) == plain)
    }

    /// As it is kept; each text of it could be anybody's.
    private static func card(_ row: Int, _ name: String) throws -> ReviewCard {
        let texts = ["place", "name", "occupation", "occupationCode", "specialisation", "studentNumber", "major"]
        let fields: [String: Any] = [
            "row": row, "documentKind": IdentityDocument.Kind.passport.rawValue, "documentNumber": "E1",
            "level": 3, "marks": ["75", "80", ""], "examDate": "2026-06-20", "causes": ["joined"], "isDrawn": true,
        ].merging(texts.map { ($0, name) }) { first, _ in first }
        return try JSONDecoder().decode(ReviewCard.self, from: JSONSerialization.data(withJSONObject: fields))
    }
}
