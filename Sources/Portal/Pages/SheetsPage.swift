import Accounts
import Acts
import Credential
import Hummingbird
import Store

/// The list of sheets that somebody may see.
enum SheetsPage {
    static func answer(_ visit: Visit) async throws -> Response {
        let scope = visit.institutions(for: .sheetRead)
        let (sheets, institutions) = try await visit.portal.store.read {
            (try $0.sheets(of: scope), try $0.institutions())
        }
        let changed = Catalogue.sheets.text("changed", visit.language)
        let rows = sheets.map { sheet -> [String: Any] in
            let name = institutions.first { $0.id == sheet.institution }?.name(on: visit.day) ?? sheet.institution.text
            return [
                "id": "\(sheet.id.value)", "title": sheet.title,
                "detail": "\(name) · \(changed) \(Clock.text(sheet.changedAt))",
                "state": SheetWords.of(sheet.state, visit.language),
            ]
        }
        return try visit.page(
            .sheets, .sheets, ["mayEdit": visit.mayEditSheets, "hasSheets": !rows.isEmpty, "sheets": rows])
    }

    /// The form that begins one.
    ///
    /// - Parameter error: what is wrong with it, which keeps what was typed.
    static func new(_ visit: Visit, error: String? = nil) async throws -> Response {
        let scope = visit.institutions(for: .sheetEdit)
        let known = try await visit.portal.store.read { try $0.institutions() }
            .filter { scope?.contains($0.id) ?? true }
        let isTitle = !UploadSheet.isGood(title: visit.form["title"])
        let words = { (name: String) in Catalogue.sheetNew.text(name, visit.language) }
        return try visit.page(
            .sheetNew, .sheetNew,
            [
                "hasError": error != nil, "error": error ?? "", "errorField": isTitle ? "title" : "file",
                "isOfTitle": error != nil && isTitle, "isOfFile": error != nil && !isTitle,
                "typedTitle": visit.form["title"],
                "institutions": known.map { one -> [String: Any] in
                    [
                        "value": one.id.text, "label": "\(one.name(on: visit.day) ?? "") \(one.id)",
                        "isChosen": one.id.text == visit.form["institution"],
                    ]
                },
            ], status: error == nil ? .ok : .unprocessableContent,
            title: error == nil ? nil : words("errorPrefix") + words("title"))
    }
}

extension Visit {
    var mayEditSheets: Bool {
        if case .allowed = signedIn?.decide(.sheetEdit, time: time) { true } else { false }
    }
}
