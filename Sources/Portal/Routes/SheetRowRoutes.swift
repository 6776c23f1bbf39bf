import Accounts
import Acts
import Errors
import HTTPTypes
import Hummingbird
import Issuance
import Results
import Store

/// Rows of a sheet: what is wrong with them, mended in place.
enum SheetRowRoutes {
    static let all: [StaffRoute] = [
        .get("/sheets/{id}/findings", .act(.sheetEdit)) { visit in
            let query = visit.request.uri.queryParameters
            return try FindingsPage.answer(
                visit, await visit.judgedDraft(), kind: query["kind"].map(String.init),
                page: query["page"].flatMap { Int($0) } ?? 1)
        },
        .post("/sheets/{id}/findings", .act(.sheetEdit)) { visit in
            let saved = try await save(visit)
            return try FindingsPage.answer(
                visit, await visit.judgedDraft(), kind: visit.form["kind"], page: Int(visit.form["page"]) ?? 1,
                saved: saved)
        },
        .get("/sheets/{id}/rows/{row}", .act(.sheetEdit)) { visit in
            let judged = try await visit.judgedDraft()
            return try await RowPage.answer(visit, judged, row(visit, judged))
        },
        .post("/sheets/{id}/rows/{row}", .act(.sheetEdit)) { visit in
            let saved = try await save(visit)
            let judged = try await visit.judgedDraft()
            return try await RowPage.answer(visit, judged, row(visit, judged), saved: saved)
        },
        .post("/sheets/{id}/rows/{row}/answer", .act(.rowAnswer), answer),
    ]

    /// What a form changed, and where another had changed the same.
    private static func save(_ visit: Visit) async throws -> FindingsPage.Saved {
        let judged = try await visit.judgedDraft()
        let tables = judged.job.sheet.tables
        let numbers = tables.indices.compactMap { index in
            tables[index].column(of: .documentNumber).map { (index, $0) }
        }
        guard let posted = PostedCells(visit.form, numberColumns: Dictionary(uniqueKeysWithValues: numbers)) else {
            throw PortalRefusal.missing
        }
        let changes = try posted.changes(in: judged.draft, tables: tables, visit: visit)
        let outcome = try await MendSheet(in: visit.portal.office)(
            changes, of: judged.draft.sheet.id, since: posted.version, by: visit.account.id, at: visit.time)
        let people = Set(outcome.conflicts.map(\.theirs.by))
        let names = try await visit.portal.store.read { reading in
            try people.reduce(into: [AccountID: String]()) { $0[$1] = try reading.account($1)?.name }
        }
        return FindingsPage.Saved(savedCount: outcome.savedCount, conflicts: outcome.conflicts, names: names)
    }

    /// Of the path's second place.
    private static func row(_ visit: Visit, _ judged: JudgedDraft) async throws -> RowOutcome {
        let parts = visit.request.uri.path.split(separator: "/")
        guard parts.count >= 4, let number = Int(parts[3]), let row = try await judged.row(number) else {
            throw PortalRefusal.missing
        }
        return row
    }

    @Sendable private static func answer(_ visit: Visit) async throws -> Response {
        let sheet = try await visit.sheet(for: .rowAnswer)
        let judged = try await visit.judgedDraft()
        let outcome = try await row(visit, judged)
        guard let plan = judged.plan,
            let question = try await judged.job.planner.question(
                about: outcome.sheetRow, of: judged.job.sheet, plan)
        else { throw PortalRefusal.missing }
        do {
            try await AnswerRow(in: visit.portal.office)(
                question, of: sheet.id, reason: visit.form["reason"], by: visit.account.id, at: visit.time)
            return visit.redirect("/sheets/\(sheet.id.value)/findings")
        } catch let error as Refusal where error.category == .refused {
            return try await RowPage.answer(visit, judged, outcome, error: visit.language.of(error.words))
        }
    }
}
