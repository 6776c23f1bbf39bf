import Acts
import Errors
import Hummingbird
import Issuance
import Results
import Store

/// Rows with problems, one kind at a time: 50 rows, and one save.
enum FindingsPage {
    private static let pageRows = 50

    struct Saved {
        var savedCount = 0
        var conflicts: [MendSheet.Conflict] = []
        var names: [AccountID: String] = [:]
    }

    static func answer(
        _ visit: Visit, _ judged: JudgedDraft, kind code: String?, page: Int, saved: Saved? = nil
    ) throws -> Response {
        let kinds = judged.refusal == nil ? judged.kinds : []
        let kind = kinds.first { $0.rule.code == code } ?? kinds.first
        let count = kind?.rows.count ?? 0
        let page = min(max(1, page), max(1, (count + pageRows - 1) / pageRows))
        let shown = (kind?.rows ?? []).dropFirst((page - 1) * pageRows).prefix(pageRows)
        let fields = RowFields(
            visit: visit, tables: judged.job.sheet.tables,
            conflicts: Dictionary(
                (saved?.conflicts ?? []).map { (RowFields.name(of: $0.place), $0) }, uniquingKeysWith: { $1 }),
            names: saved?.names ?? [:])
        let words = { (name: String) in Catalogue.sheetFindings.text(name, visit.language) }
        let hasConflicts = !fields.conflicts.isEmpty
        var values: [String: Any] = [
            "id": "\(judged.draft.sheet.id.value)", "version": "\(judged.draft.sheet.version)",
            "hasConflicts": hasConflicts, "conflicts": fields.summary, "heading": words("heading"),
            "wasSaved": (saved?.savedCount ?? 0) > 0, "saved": "\(saved?.savedCount ?? 0) \(words("saved"))",
            "hasRefusal": judged.refusal != nil, "refusal": judged.refusal.map(visit.language.of) ?? "",
            "isDone": judged.refusal == nil && kinds.isEmpty, "hasKinds": kinds.count > 1, "hasRows": !shown.isEmpty,
            "kindCode": kind?.rule.code ?? "", "page": "\(page)",
            "kinds": kinds.map { one -> [String: Any] in
                [
                    "code": one.rule.code, "label": title(one.rule, visit), "isHere": one.rule == kind?.rule,
                    "count": "\(one.rows.count) \(words(one.rows.count == 1 ? "row" : "rows"))",
                ]
            },
            "kindLabel": kind.map { "\(title($0.rule, visit))（\(count)）" } ?? "",
            "advice": kind.map { visit.language.of($0.rule.text) } ?? "",
            "rows": shown.map { row($0, kind?.rule, fields, words) },
        ]
        values.merge(pages(kind, page, count, words)) { $1 }
        return try visit.page(
            .sheetFindings, .sheetFindings, values, status: hasConflicts ? .conflict : .ok,
            title: hasConflicts ? words("errorPrefix") + words("title") : nil)
    }

    /// In one clause.
    private static func title(_ rule: Rule, _ visit: Visit) -> String {
        if visit.language == .zh { return String(rule.parts.problem) }
        return rule.text.en.split(whereSeparator: { ";:.".contains($0) }).first.map(String.init) ?? rule.code
    }

    private static func row(
        _ outcome: RowOutcome, _ rule: Rule?, _ fields: RowFields, _ words: (String) -> String
    ) -> [String: Any] {
        let name = fields.text(.name, of: outcome)
        let columns = Set(outcome.findings.filter { $0.rule == rule }.compactMap { $0.column?.index })
        let place = CellPlace(table: outcome.table, row: fields.row(outcome), column: nil)
        return [
            "row": "\(outcome.sheetRow)", "place": fields.place(of: outcome),
            "name": name.isEmpty ? words("noName") : name,
            "number": RowFields.masked(fields.text(.documentNumber, of: outcome)),
            "open": "\(words("open")) \(fields.place(of: outcome))", "leaveOut": RowFields.name(of: place),
            "fields": columns.sorted().map { fields.field(outcome, column: $0) },
        ]
    }

    private static func pages(
        _ kind: JudgedDraft.Kind?, _ page: Int, _ count: Int, _ words: (String) -> String
    ) -> [String: Any] {
        var pages: [[String: Any]] = []
        let code = kind?.rule.code ?? ""
        if page > 1 { pages.append(["code": code, "page": "\(page - 1)", "label": words("previous")]) }
        if page * pageRows < count { pages.append(["code": code, "page": "\(page + 1)", "label": words("next")]) }
        return ["hasPages": !pages.isEmpty, "pages": pages]
    }
}
