import Accounts
import Acts
import Credential
import Errors
import HTTPSupport
import HTTPTypes
import Hummingbird
import Store

/// Sheets of results, from the upload to the submission.
enum SheetRoutes {
    static let all: [StaffRoute] = [
        .get("/sheets", .act(.sheetRead)) { visit in try await SheetsPage.answer(visit) },
        .get("/sheets/new", .act(.sheetEdit)) { visit in try await SheetsPage.new(visit) },
        .upload("/sheets", .act(.sheetEdit), upload),
        .get("/sheets/{id}", .act(.sheetRead)) { visit in
            try await SheetPage.answer(visit, visit.sheet(for: .sheetRead))
        },
        .get("/sheets/{id}/history", .act(.sheetRead)) { visit in
            try await HistoryPage.answer(visit, visit.sheet(for: .sheetRead))
        },
        .post("/sheets/{id}/details", .act(.sheetEdit), describe),
        .post("/sheets/{id}/withdraw", .act(.sheetEdit)) { visit in
            let sheet = try await visit.sheet(for: .sheetEdit)
            try await visit.perform(WithdrawSheet(sheet.id))
            return visit.redirect("/sheets/\(sheet.id.value)")
        },
        .get("/sheets/{id}/submit", .act(.sheetEdit)) { visit in
            try await SubmitPage.answer(visit, visit.judgedDraft())
        },
        .post("/sheets/{id}/submit", .act(.sheetEdit), submit),
    ]

    @Sendable private static func upload(_ visit: Visit) async throws -> Response {
        let chosen = InstitutionID(visit.form["institution"])
        try visit.require(.sheetEdit, at: chosen)
        guard try await visit.portal.store.read({ try $0.institution(chosen) }) != nil else {
            throw PortalRefusal.missing
        }
        guard let file = visit.form.file, !file.bytes.isEmpty else {
            return try await SheetsPage.new(visit, error: Catalogue.sheetNew.text("noFile", visit.language))
        }
        do {
            let sheet = try await UploadSheet(in: visit.portal.office)(
                file.bytes, named: file.fileName, title: visit.form["title"], of: chosen, by: visit.account.id,
                at: visit.time)
            return visit.redirect("/sheets/\(sheet.id.value)")
        } catch let error as Refusal where error.category == .refused {
            return try await SheetsPage.new(visit, error: visit.language.of(error.words))
        }
    }

    @Sendable private static func describe(_ visit: Visit) async throws -> Response {
        let sheet = try await visit.sheet(for: .sheetEdit)
        let typed = visit.form["award"]
        let date = CalendarDate(iso8601: typed)
        do {
            guard typed.isEmpty || date != nil else {
                throw Refusal(.refused, zh: "日期应写成 2026-07-10", en: "write the date as 2026-07-10")
            }
            try await DescribeSheet(in: visit.portal.office)(
                sheet.id, title: visit.form["title"], awardDate: date, at: visit.time)
            return visit.redirect("/sheets/\(sheet.id.value)")
        } catch let error as Refusal where error.category == .refused {
            return try await SheetPage.answer(visit, sheet, error: visit.language.of(error.words))
        }
    }

    @Sendable private static func submit(_ visit: Visit) async throws -> Response {
        let judged = try await visit.judgedDraft()
        do {
            // What somebody checked is what is submitted.
            guard visit.form["version"] == "\(judged.draft.sheet.version)" else {
                throw Refusal(
                    .refused, zh: "成绩表刚刚又被修改过；请核对后再提交一次",
                    en: "the sheet was changed just now; check it and submit it once more")
            }
            let act = try await SubmitSheet(
                judged, by: visit.account.id, at: visit.time, in: visit.portal.office)
            _ = try await visit.perform(act)
            return visit.redirect("/sheets/\(judged.draft.sheet.id.value)")
        } catch let error as Refusal where [.refused, .conflict].contains(error.category) {
            return try await SubmitPage.answer(visit, judged, error: visit.language.of(error.words))
        }
    }
}

extension Visit {
    /// - Throws: ``PortalRefusal/missing`` for one that is none, and one that is another institution's.
    func sheet(for act: StaffAct) async throws -> StaffSheet {
        guard let number = parameter.flatMap({ Int64($0) }),
            let sheet = try await portal.store.read({ try $0.sheet(SheetID(number)) })
        else { throw PortalRefusal.missing }
        try require(act, at: sheet.institution)
        return sheet
    }

    /// A sheet that may be mended, judged as it is now.
    func judgedDraft() async throws -> JudgedDraft {
        let sheet = try await sheet(for: .sheetEdit)
        guard sheet.state == .draft else {
            throw Refusal(
                .conflict, zh: "这份成绩表已经提交或结束，不能修改；可以先撤回",
                en: "this sheet is submitted or ended and cannot be changed; it may be withdrawn first")
        }
        guard let draft = try await SheetDraft.load(sheet.id, in: portal.office) else { throw PortalRefusal.missing }
        return try await JudgedDraft(draft, in: portal.office)
    }
}
