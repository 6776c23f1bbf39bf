import Credential
import Eligibility
import Foundation
import Issuance
import Results
import Store
import StoreSQLite
import TestSupport
import Testing

/// Rows of the sample sheet, as cells.
private struct Cells {
    static let (name, sex, document, theory, skill, outcome, date, remark) = (2, 3, 5, 14, 15, 16, 17, 18)

    var rows: [[String]]

    init(_ lines: [String]) {
        rows = lines.map { $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init) }
    }

    var lines: [String] { rows.map { $0.joined(separator: ",") } }
    var passing: [Int] { rows.indices.filter { rows[$0][Self.outcome] == "合格" } }
    var failing: [Int] { rows.indices.filter { rows[$0][Self.outcome] == "不合格" } }
}

@Suite("Sheets that come back")
struct ReturningTests {
    @Test("a mended sheet issues exactly what was missing: whole, or the mended rows alone", arguments: [true, false])
    func mended(isWhole: Bool) async throws {
        let workshop = try await Workshop(rows: 120)
        let sound = Cells(try workshop.lines())
        let all = try await workshop.plan().plan.bins[.issued]
        var damaged = sound
        let bad = Array(sound.passing.prefix(5))
        for row in bad { damaged.rows[row][Cells.skill] = "合格" }
        try workshop.write(lines: damaged.lines)
        try await workshop.issue()
        let before = try await Inventory(workshop.openStore(), workshop, rows: all - 5)
        #expect(before.problems == [])
        try workshop.write(lines: isWhole ? sound.lines : [sound.lines[0]] + bad.map { sound.lines[$0] })
        let plan = try await workshop.plan().plan
        #expect(plan.bins[.issued] == 5 && plan.bins[.skipped] == (isWhole ? all - 5 : 0))
        try await workshop.issue()
        let after = try await Inventory(workshop.openStore(), workshop, rows: all)
        #expect(after.problems == [] && after.keeps(before))
    }

    @Test("54 the same sheet again has the same answer")
    func sameAnswer() async throws {
        let workshop = try await Workshop(rows: 90)
        let first = try await workshop.plan().plan
        try await workshop.issue()
        let again = try await workshop.plan()
        #expect(again.plan.digest == first.digest && again.plan.bins == first.bins)
    }

    @Test("26 who holds the certificate from other marks is asked about")
    func held() async throws {
        let workshop = try await Workshop(rows: 90)
        try await workshop.issue()
        var cells = Cells(try workshop.lines())
        let row = cells.passing[0]
        cells.rows[row][Cells.theory] = cells.rows[row][Cells.theory] == "99" ? "98" : "99"
        try workshop.write(lines: cells.lines)
        let (plan, findings) = try await workshop.plan()
        #expect(plan.bins[.quarantined] == 1 && plan.bins[.issued] == 0)
        #expect(findings.filter { $0.anomaly == 26 }.map(\.sheetRow) == [row + 1])
    }

    @Test(
        "31 a resit in a later sheet is joined with the parts passed before, within the time allowed",
        arguments: [
            (24, "2026-09-12", true), (3, "2026-09-12", true), (2, "2026-09-12", false), (0, "2026-09-12", false),
        ])
    func laterResit(months: Int, date: String, isJoined: Bool) async throws {
        let workshop = try await Workshop(rows: 200)
        var cells = Cells(try workshop.lines())
        let row = try #require(cells.failing.first)
        (cells.rows[row][Cells.theory], cells.rows[row][Cells.skill]) = ("51", "77")
        try workshop.write(lines: cells.lines)
        try await workshop.issue()
        workshop.rules.resitMonths = months
        workshop.today = CalendarDate(iso8601: "2029-12-31")!
        var resit = cells.rows[row]
        (resit[Cells.theory], resit[Cells.skill], resit[Cells.outcome]) = ("64", "", "")
        (resit[Cells.date], resit[Cells.remark]) = (date, "补考")
        try workshop.write(lines: [cells.lines[0], resit.joined(separator: ",")])
        let (plan, findings) = try await workshop.plan()
        #expect(plan.bins[.issued] == (isJoined ? 1 : 0))
        #expect(findings.map(\.code) == [isJoined ? "resit-joined" : "resit-without-earlier"])
        #expect(plan.bins[.quarantined] == (isJoined ? 0 : 1))
    }

    @Test("31 a second resit builds on the first, and nothing passed is lost by a worse mark")
    func secondResit() async throws {
        let workshop = try await Workshop(rows: 200)
        var cells = Cells(try workshop.lines())
        let row = try #require(cells.failing.first)
        (cells.rows[row][Cells.theory], cells.rows[row][Cells.skill]) = ("51", "52")
        var first = cells.rows[row]
        (first[Cells.theory], first[Cells.skill], first[Cells.outcome]) = ("70", "40", "")
        (first[Cells.date], first[Cells.remark]) = ("2026-07-12", "补考")
        var second = first
        (second[Cells.theory], second[Cells.skill], second[Cells.date]) = ("30", "61", "2026-08-12")
        cells.rows += [second, first]
        let before = try await workshop.plan().plan.bins
        try workshop.write(lines: cells.lines)
        let plan = try await workshop.plan().plan
        #expect(plan.bins[.issued] == before[.issued] + 1 && plan.bins[.failed] == before[.failed] + 1)
        let batch = try await workshop.issue()
        // The second resit is one row before the last, and rows count from 1.
        let resitRow = cells.rows.count - 1
        let version = try #require(
            try await workshop.openStore().read {
                try $0.sealedVersions(of: batch.id, after: nil, limit: 500).first { $0.sheetRow == resitRow }
            })
        let record = try workshop.privateRecord(of: version)
        #expect(record.theory == Score(hundredths: 7000) && record.skill == Score(hundredths: 6100))
    }

    @Test("25 a limit of occupations for one person is a setting")
    func occupations() async throws {
        let workshop = try await Workshop(rows: 150)
        var cells = Cells(try workshop.lines())
        let first = cells.rows[cells.passing[0]]
        let other = try #require(cells.passing.first { cells.rows[$0][11] != first[11] })
        for column in [Cells.name, Cells.sex, Cells.document] { cells.rows[other][column] = first[column] }
        try workshop.write(lines: cells.lines)
        let free = try await workshop.plan().plan.bins
        workshop.rules.occupationsPerPerson = 1
        let (plan, findings) = try await workshop.plan()
        #expect(free[.quarantined] == 0 && plan.bins[.quarantined] == 2)
        #expect(findings.filter { $0.anomaly == 25 }.count == 2)
    }
}

@Suite("What is kept of candidates without a certificate")
struct AttemptPrivacyTests {
    @Test("is encrypted: no identity number of any candidate is in the database's files")
    func encrypted() async throws {
        let workshop = try await Workshop(rows: 150)
        try await workshop.issue()
        let institution = workshop.institution.id
        let attempts = try await workshop.openStore().read { try $0.attempts(of: institution, after: nil, limit: 500) }
        let cells = Cells(try workshop.lines())
        let plan = try await workshop.plan().plan
        #expect(attempts.count == plan.bins[.failed] + plan.bins[.absent] + plan.bins[.pending] + plan.bins[.void])
        let unissued = cells.rows.dropFirst().filter { $0[Cells.outcome] != "合格" || $0[Cells.remark] == "违纪" }
        #expect(unissued.count == attempts.count)
        let names = try FileManager.default.contentsOfDirectory(atPath: workshop.folder.path)
        let files = try names.filter { $0 != "results.csv" }.map {
            try Data(contentsOf: URL(filePath: workshop.folder.path + "/" + $0))
        }
        #expect(files.count >= 1)
        for row in unissued {
            #expect(files.allSatisfy { $0.range(of: Data(row[Cells.document].utf8)) == nil })
        }
        // The control: what is public is found.
        let issued = try #require(cells.passing.first.map { cells.rows[$0][Cells.name] })
        #expect(files.contains { $0.range(of: Data(issued.utf8)) != nil })
    }
}

@Suite("An officer's answer")
struct SettlementTests {
    private func settle(_ row: Int, _ workshop: Workshop) async throws -> [Rule] {
        let (sheet, planner) = (try workshop.sheet(), try await workshop.planner())
        let plan = try await workshop.plan().plan
        guard let question = try await planner.question(about: row, of: sheet, plan) else { return [] }
        let approval = Approval(actor: "officer", reason: "document seen", time: Workshop.now)
        try await workshop.openStore().write { transaction in
            for rule in question.rules {
                try transaction.save(Settlement(rowKey: question.rowKey, rule: rule.code, approval: approval))
            }
        }
        return question.rules
    }

    @Test("lets a row go on as it stands, wherever it is sent again, and is recorded")
    func settled() async throws {
        let workshop = try await Workshop(rows: 60)
        var cells = Cells(try workshop.lines())
        let plain = try await workshop.plan().plan.bins
        let row = cells.passing[0]
        cells.rows[row][Cells.sex] = cells.rows[row][Cells.sex] == "男" ? "女" : "男"
        try workshop.write(lines: cells.lines)
        #expect(try await workshop.plan().plan.bins[.quarantined] == 1)
        #expect(try await settle(row + 1, workshop).map(\.code) == ["id-sex"])
        let (plan, findings) = try await workshop.plan()
        #expect(plan.bins == plain)
        #expect(findings.contains { $0.code == "settled" && $0.sheetRow == row + 1 })
        // Elsewhere in the sheet it is the same row.
        cells.rows.append(cells.rows.remove(at: row))
        try workshop.write(lines: cells.lines)
        #expect(try await workshop.plan().plan.bins == plain)
        try await workshop.issue()
        #expect(try await workshop.openStore().read { try $0.settlements() }.map(\.approval.actor) == ["officer"])
    }

    @Test("holds for this content alone")
    func otherContent() async throws {
        let workshop = try await Workshop(rows: 60)
        var cells = Cells(try workshop.lines())
        let row = cells.passing[0]
        cells.rows[row][Cells.sex] = cells.rows[row][Cells.sex] == "男" ? "女" : "男"
        try workshop.write(lines: cells.lines)
        _ = try await settle(row + 1, workshop)
        cells.rows[row][Cells.theory] = "100"
        try workshop.write(lines: cells.lines)
        #expect(try await workshop.plan().plan.bins[.quarantined] == 1)
    }

    @Test("24 tells which of two contradicting rows is right")
    func contradiction() async throws {
        let workshop = try await Workshop(rows: 60)
        var cells = Cells(try workshop.lines())
        let plain = try await workshop.plan().plan.bins
        let row = cells.passing[0]
        var other = cells.rows[row]
        other[Cells.theory] = other[Cells.theory] == "99" ? "98" : "99"
        cells.rows.append(other)
        try workshop.write(lines: cells.lines)
        #expect(try await workshop.plan().plan.bins[.quarantined] == 2)
        #expect(try await settle(row + 1, workshop).map(\.code) == ["contradicting-rows"])
        let bins = try await workshop.plan().plan.bins
        #expect(bins[.issued] == plain[.issued] && bins[.quarantined] == 1)
    }

    @Test("cannot complete a row that lacks something, or that is refused")
    func cannot() async throws {
        let workshop = try await Workshop(rows: 60)
        var cells = Cells(try workshop.lines())
        let (blank, future) = (cells.passing[0], cells.passing[1])
        cells.rows[blank][Cells.skill] = ""
        cells.rows[future][Cells.date] = "2099-01-01"
        try workshop.write(lines: cells.lines)
        #expect(try await settle(blank + 1, workshop) == [])
        #expect(try await settle(future + 1, workshop) == [])
        #expect(try await settle(cells.passing[2] + 1, workshop) == [])
    }
}
