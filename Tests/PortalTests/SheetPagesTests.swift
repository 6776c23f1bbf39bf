import Accounts
import Acts
import AuditLog
import Credential
import Foundation
import HTTPTypes
import HomeFolder
import Issuance
import Jobs
import Logging
import Results
import Signing
import Store
import TestSupport
import Testing

@testable import Portal

/// The life of a sheet by its pages, from the file to what officers get.
@Suite struct SheetPagesTests {
    private let portal: TestPortal
    private let token: String
    private static let other = InstitutionID("4137012392")

    init() async throws {
        portal = try TestPortal()
        try await portal.store.write { writing in
            try writing.save(TestPortal.institution)
            try writing.save(
                Filing(
                    institution: TestPortal.institution.id,
                    occupation: Occupation(code: "4-02-06-03", name: "物流服务师"), level: .seniorWorker,
                    from: CalendarDate(daysSinceEpoch: 19_000), to: nil))
        }
        token = try await portal.person([TestPortal.role(.registrar, TestPortal.institution.id)]).token
    }

    /// Three sound rows, one whose sex is not that of its number, and one with a mark that is none.
    private static func sheet(_ names: [String] = []) -> [UInt8] {
        var sheet = SampleSheet()
        for number in 1...3 { sheet.append(number: number) }
        sheet.append([.sex: "男"], number: 4)
        sheet.append([.theory: "七十五"].merging(names.first.map { [.name: $0] } ?? [:]) { $1 }, number: 5)
        return Array(sheet.text.utf8)
    }

    private func begun(_ file: [UInt8] = sheet(), title: String = "六月", name: String = "成绩.csv") async throws -> String
    {
        let answer = try await portal.upload(
            "/sheets", session: token, file: file, named: name,
            fields: [("institution", TestPortal.institution.id.text), ("title", title)])
        #expect(answer.status == 303, "\(answer.body)")
        return try #require(answer.headers[.location])
    }

    private func page(_ path: String, _ token: String? = nil) async throws -> TestPortal.Answer {
        try await portal.send(.get, path, session: token ?? self.token)
    }

    private func post(_ path: String, _ form: [(String, String)], _ token: String? = nil) async throws
        -> TestPortal.Answer
    {
        let sent = form.map { name, value in
            name + "=" + value.utf8.map { "%" + ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
        }.joined(separator: "&")
        return try await portal.send(.post, path, session: token ?? self.token, form: sent)
    }

    private func sheet(_ path: String) async throws -> StaffSheet {
        let id = try #require(path.split(separator: "/").last.flatMap { Int64($0) })
        return try #require(try await portal.store.read { try $0.sheet(SheetID(id)) })
    }

    @Test("upload, mend, answer, submit: officers get exactly that, under its digest")
    func life() async throws {
        let path = try await begun()
        let first = try await page(path)
        #expect(first.status == 200 && first.body.contains("2 行要处理"), "\(first.body)")
        let findings = try await page(path + "/findings")
        #expect(findings.status == 200 && findings.body.contains("第 6 行") || findings.body.contains("第 5 行"))
        // No number in full, on no page.
        let number = SampleSheet.identityNumber(8)
        for at in ["/findings", "/rows/5", "/submit", "/history", ""] {
            let shown = try await page(path + at)
            #expect(shown.status == 200 && !shown.body.contains(number), "\(at)")
        }
        let theory = try #require(SampleSheet.header.firstIndex(of: .theory))
        let version = "\(try await sheet(path).version)"
        let mended = try await post(
            path + "/findings", [("version", version), ("cell-0-6-\(theory)", "75"), ("page", "1")])
        #expect(mended.status == 200 && mended.body.contains("1 处已保存"), "\(mended.body)")
        // Without a reason nothing is answered, and what was typed stays.
        #expect(try await post(path + "/rows/5/answer", [("reason", "")]).status == 422)
        #expect(try await post(path + "/rows/5/answer", [("reason", "证件核对无误")]).status == 303)
        #expect(try await page(path).body.contains("没有问题"))
        let early = try await post(path + "/submit", [("version", "\(try await sheet(path).version)")])
        #expect(early.status == 422 && early.body.contains("请先填写发证日期"))
        let before = try await post(path + "/details", [("title", "六月"), ("award", "2026-06-01")])
        #expect(before.status == 303)
        let tooEarly = try await post(path + "/submit", [("version", "\(try await sheet(path).version)")])
        #expect(tooEarly.status == 422 && tooEarly.body.contains("早于"))
        #expect(try await post(path + "/details", [("title", "六月"), ("award", "2026-07-10")]).status == 303)
        let stale = try await post(path + "/submit", [("version", version)])
        #expect(stale.status == 422)
        let submit = try await page(path + "/submit")
        #expect(submit.body.contains("提交 5 份给审批员"), "\(submit.body)")
        #expect(try await post(path + "/submit", [("version", "\(try await sheet(path).version)")]).status == 303)

        let waiting = try await portal.store.read { try $0.submissions(state: .waiting) }
        let submission = try #require(waiting.first)
        #expect(submission.certificateCount == 5 && submission.bins == ["issued": 5] && submission.rowCount == 5)
        let files = FrozenFiles(try portal.office.home.dataKeys())
        let bytes = try await portal.store.read { try files.bytes(of: submission, in: $0) }
        #expect(try SHA256.digest(bytes) == submission.digest)
        let job = try await SheetDesk(in: portal.office, readsFiles: false).open(frozen: bytes, of: submission)
        let plan = try await job.plan(declaredCount: nil, onFindings: { _ in }, onProgress: { _ in })
        #expect(plan.bins[.issued] == 5)
        let settlements = try await job.settlements(plan)
        #expect(settlements.map(\.sheetRow) == [5] && settlements[0].reason == "证件核对无误")
        let acts = try await portal.store.read { try $0.auditEntries(after: 0, limit: 100) }.map(\.act.kind)
        #expect(acts.contains(.sheetSubmitted))
        // What is submitted is not mended; withdrawn, it is.
        #expect(try await page(path + "/findings").status == 409)
        #expect(try await post(path + "/withdraw", []).status == 303)
        #expect(try await page(path + "/findings").status == 200)
        #expect(try await page(path + "/history").body.contains("已撤回"))
    }

    @Test("a submission with a byte changed, or of another sheet, is read by nobody")
    func pieces() async throws {
        let path = try await begun()
        _ = try await post(path + "/details", [("title", "六月"), ("award", "2026-07-10")])
        _ = try await post(path + "/submit", [("version", "\(try await sheet(path).version)")])
        let submission = try #require(try await portal.store.read { try $0.submissions(state: .waiting) }.first)
        let files = FrozenFiles(try portal.office.home.dataKeys())
        var frozen = submission.frozen
        frozen = NewSubmission(
            sheet: frozen.sheet, institution: frozen.institution, awardDate: frozen.awardDate, digest: [1],
            rowCount: 1, certificateCount: 1, bins: [:], contributors: [], submittedBy: frozen.submittedBy,
            submittedAt: 1)
        let forged = Submission(
            id: submission.id, frozen: frozen, state: .waiting, reviewer: nil, reason: "", batch: nil, changedAt: 1)
        await #expect(throws: (any Error).self) {
            _ = try await portal.store.read { try files.bytes(of: forged, in: $0) }
        }
        let bytes = try await portal.store.read { try files.bytes(of: submission, in: $0) }
        let desk = try await SheetDesk(in: portal.office, readsFiles: false)
        await #expect(throws: (any Error).self) { _ = try await desk.open(frozen: bytes + [0x0A], of: submission) }
    }

    @Test("of two who mend at once both are kept; of one cell both texts are shown")
    func twoAtOnce() async throws {
        let path = try await begun()
        let colleague = try await portal.person(
            [TestPortal.role(.registrar, TestPortal.institution.id)], name: "李明"
        ).token
        let version = "\(try await sheet(path).version)"
        let theory = try #require(SampleSheet.header.firstIndex(of: .theory))
        let remark = try #require(SampleSheet.header.firstIndex(of: .remark))
        let (mark, note) = ("cell-0-6-\(theory)", "cell-0-6-\(remark)")
        let theirs = try await post(
            path + "/rows/6", [("version", version), (mark, "70"), (note, "")], colleague)
        #expect(theirs.status == 200)
        // Another cell: both are kept. The first cell is as the form had it, so nothing is said of it.
        let other = try await post(path + "/rows/6", [("version", version), (mark, "七十五"), (note, "补录")])
        #expect(other.status == 200, "\(other.body)")
        let same = try await post(path + "/rows/6", [("version", version), (mark, "72")])
        #expect(same.status == 409 && same.body.contains("李明") && same.body.contains("“70”"))
        #expect(same.body.contains("value=\"72\"") && same.body.contains("错误："))
        let id = try await sheet(path).id
        let draft = try #require(try await SheetDraft.load(id, in: portal.office))
        #expect(draft.overlay[0, 6].cells == [theory: "70", remark: "补录"])
        // The form that showed both brings the newer version, and then it is meant.
        #expect(
            try await post(path + "/rows/6", [("version", "\(try await sheet(path).version)"), (mark, "72")]).status
                == 200)
        #expect(try await SheetDraft.load(id, in: portal.office)?.overlay[0, 6].cells[theory] == "72")
        #expect(draft.hands.count == 2)
    }

    @Test("a row left out is not submitted, and can be taken back in")
    func leftOut() async throws {
        let path = try await begun()
        func save(_ form: [(String, String)]) async throws -> Int {
            let version = "\(try await sheet(path).version)"
            return try await post(path + "/rows/6", [("version", version), ("out-0-6-shown", "1")] + form).status
        }
        #expect(try await save([("out-0-6", "1")]) == 200)
        #expect(try await page(path).body.contains("1 行要处理"))
        #expect(try await page(path + "/rows/6").body.contains("已设为不报送"))
        #expect(try await save([]) == 200)
        #expect(try await page(path).body.contains("2 行要处理"))
    }

    @Test("the same file leads to its sheet; what is no sheet is refused and kept nowhere, by name")
    func files() async throws {
        let path = try await begun()
        #expect(try await begun() == path)
        #expect(try await begun(Self.sheet(["王小明"])) != path)
        for (bytes, word) in [
            ([], "请选择"), (Array("a,b\n1,2\n".utf8), "成绩.csv"), (Array("%PDF-1.7".utf8), "PDF"),
        ] as [([UInt8], String)] {
            let answer = try await portal.upload(
                "/sheets", session: token, file: bytes, named: "成绩.csv",
                fields: [("institution", TestPortal.institution.id.text), ("title", "七月")])
            #expect(answer.status == 422 && answer.body.contains(word) && answer.body.contains("value=\"七月\""))
        }
        let untitled = try await portal.upload(
            "/sheets", session: token, file: Self.sheet(["王大明"]), named: "a.csv",
            fields: [("institution", TestPortal.institution.id.text), ("title", "")])
        #expect(untitled.status == 422)
        #expect(try await portal.store.read { try $0.sheets(of: nil) }.count == 2)
        // A form of another kind than a browser's is not taken in.
        #expect(try await post("/sheets", [("institution", TestPortal.institution.id.text)]).status == 422)
    }

    @Test("the annotated workbook is a job, whose file is its asker's")
    func annotated() async throws {
        let path = try await begun()
        let asked = try await post(path + "/annotated", [])
        let job = try #require(asked.headers[.location])
        #expect(asked.status == 303 && job.hasPrefix("/jobs/"))
        #expect(try await post(path + "/annotated", []).headers[.location] == job)
        #expect(try await page(job + "/file").status == 404)
        var logger = Logger(label: "test")
        logger.logLevel = .critical
        let runner = try JobRunner(
            "test", store: portal.store.forJobs, works: [AnnotateWork(in: portal.office)],
            keys: portal.office.home.dataKeys(), logger: logger, now: { [portal] in portal.time })
        #expect(try await runner.runNext())
        #expect(try await page(job).body.contains(job + "/file"))
        let file = try await page(job + "/file")
        #expect(file.status == 200 && file.body.hasPrefix("PK"))
        #expect(file.headers[.contentDisposition]?.contains("annotated.xlsx") == true)
        let colleague = try await portal.person([TestPortal.role(.registrar, TestPortal.institution.id)]).token
        #expect(try await page(job + "/file", colleague).status == 404)
        #expect(try await post(path + "/annotated", [], colleague).headers[.location] != job)
    }

    @Test("another institution's sheet and none are the same, to the byte")
    func others() async throws {
        let path = try await begun()
        let stranger = try await portal.person([TestPortal.role(.registrar, Self.other)]).token
        for at in ["", "/history", "/findings", "/rows/5", "/submit"] {
            let there = try await page(path + at, stranger)
            let none = try await page("/sheets/999" + at, stranger)
            #expect(there.status == 404 && there.body == none.body, "\(at)")
        }
        for (at, form) in [
            ("/details", [("title", "x")]), ("/withdraw", []), ("/submit", [("version", "1")]),
            ("/findings", [("version", "1")]), ("/rows/5", [("version", "1")]), ("/rows/5/answer", [("reason", "x")]),
            ("/annotated", []),
        ] as [(String, [(String, String)])] {
            let there = try await post(path + at, form, stranger)
            let none = try await post("/sheets/999" + at, form, stranger)
            #expect(there.status == 404 && there.body == none.body, "\(at)")
        }
        #expect(try await !page("/sheets", stranger).body.contains("六月"))
        let foreign = try await portal.upload(
            "/sheets", session: stranger, file: Self.sheet(), named: "a.csv",
            fields: [("institution", TestPortal.institution.id.text), ("title", "x")])
        #expect(foreign.status == 404)
        // The control: its own people see it, and officers read it.
        #expect(try await page(path).status == 200)
        let officer = try await portal.person([TestPortal.role(.officer)]).token
        #expect(try await page(path, officer).status == 200)
        #expect(try await page(path + "/findings", officer).status == 403)
    }

    @Test("hostile names in cells, titles and files stand on no page as they were typed")
    func hostile() async throws {
        // One of each mark beside each sign that hides it: the escaping itself is tried with all of them.
        let names = PageTests.hostile.enumerated().filter { $0.offset % 23 == 3 }.map(\.element)
        var shownCount = 0
        for name in names {
            let cell = "\"" + name.replacing("\"", with: "\"\"") + "\""
            let path = try await begun(Self.sheet([cell]), title: String(name.prefix(60)), name: name + ".csv")
            for at in ["", "/findings", "/rows/6", "/submit", "/history"] {
                let answer = try await page(path + at)
                #expect(answer.status == 200)
                // Byte by byte: a mark and a sign beside it are one Character.
                #expect(Data(answer.body.utf8).firstRange(of: Data(name.utf8)) == nil, "\(at) \(name)")
                let escaped = ByteEscaping().escapeText(name)
                if Data(answer.body.utf8).firstRange(of: Data(escaped.utf8)) != nil { shownCount += 1 }
            }
        }
        // The control: they are shown, in another spelling.
        #expect(names.count > 20 && shownCount > names.count)
    }
}
