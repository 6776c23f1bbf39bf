import Acts
import Hummingbird
import Issuance
import Results
import Store

/// One row with all its cells, and the answer that lets it go on as it stands.
enum RowPage {
    static func answer(
        _ visit: Visit, _ judged: JudgedDraft, _ outcome: RowOutcome, saved: FindingsPage.Saved? = nil,
        error: String? = nil
    ) async throws -> Response {
        let fields = RowFields(
            visit: visit, tables: judged.job.sheet.tables,
            conflicts: Dictionary(
                (saved?.conflicts ?? []).map { (RowFields.name(of: $0.place), $0) }, uniquingKeysWith: { $1 }),
            names: saved?.names ?? [:])
        let words = { (name: String) in Catalogue.sheetRow.text(name, visit.language) }
        let layout = judged.job.sheet.tables[outcome.table]
        let place = CellPlace(table: outcome.table, row: fields.row(outcome), column: nil)
        let isLeftOut = judged.draft.overlay[place.table, place.row].isLeftOut
        let question: RowQuestion? =
            if let plan = judged.plan {
                try await judged.job.planner.question(about: outcome.sheetRow, of: judged.job.sheet, plan)
            } else { nil }
        let hasConflicts = !fields.conflicts.isEmpty
        let heading = fields.place(of: outcome)
        let columns = layout.headers.indices.filter { !layout.headers[$0].isEmpty }
        let status = hasConflicts || error != nil
        return try visit.page(
            .sheetRow, .sheetRow,
            [
                "id": "\(judged.draft.sheet.id.value)", "row": "\(outcome.sheetRow)",
                "version": "\(judged.draft.sheet.version)", "heading": heading, "hasConflicts": hasConflicts,
                "conflicts": fields.summary, "hasError": error != nil, "error": error ?? "",
                "outcome": isLeftOut ? words("leftOutNow") : visit.language.of(outcome.bin.words),
                "findings": outcome.findings.map { finding -> [String: Any] in
                    ["label": (finding.column.map { "\($0.header)：" } ?? "") + visit.language.of(finding.rule.text)]
                },
                "fields": columns.map { fields.field(outcome, column: $0) }, "leaveOut": RowFields.name(of: place),
                "isLeftOut": isLeftOut, "hasQuestion": question != nil,
                "typedReason": error == nil ? "" : visit.form["reason"],
            ], status: hasConflicts ? .conflict : error == nil ? .ok : .unprocessableContent,
            title: (status ? words("errorPrefix") : "") + heading)
    }
}
