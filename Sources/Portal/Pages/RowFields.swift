import Acts
import Issuance
import Results
import Store

/// Cells of rows as fields of a form, and back: `cell-TABLE-ROW-COLUMN`, and `out-TABLE-ROW` for a row to be left out.
struct RowFields {
    let visit: Visit
    let tables: [SheetLayout]
    /// Of this save, by the field's name: what two wrote.
    let conflicts: [String: MendSheet.Conflict]
    /// Who made the changes that conflict.
    let names: [AccountID: String]

    static func name(of place: CellPlace) -> String {
        place.column.map { "cell-\(place.table)-\(place.row)-\($0)" } ?? "out-\(place.table)-\(place.row)"
    }

    private func words(_ name: String) -> String { Catalogue.sheetFindings.text(name, visit.language) }

    /// As the spreadsheet program shows it.
    func row(_ outcome: RowOutcome) -> Int { outcome.sheetRow - tables[outcome.table].rowBase }

    func place(of outcome: RowOutcome) -> String {
        let table = tables[outcome.table].name.map { "\($0) " } ?? ""
        return visit.language == .zh ? "\(table)第 \(row(outcome)) 行" : "\(table)row \(row(outcome))"
    }

    func text(_ field: Results.Field, of outcome: RowOutcome) -> String {
        guard let column = tables[outcome.table].column(of: field), column < outcome.cells.count else { return "" }
        return outcome.cells[column]
    }

    /// First four and last two characters.
    static func masked(_ number: String) -> String {
        let characters = Array(number)
        guard characters.count > 6 else { return String(repeating: "*", count: characters.count) }
        return String(characters.prefix(4)) + String(repeating: "*", count: characters.count - 6)
            + String(characters.suffix(2))
    }

    func field(_ outcome: RowOutcome, column: Int) -> [String: Any] {
        let layout = tables[outcome.table]
        let place = CellPlace(table: outcome.table, row: row(outcome), column: column)
        let (name, header) = (Self.name(of: place), column < layout.headers.count ? layout.headers[column] : "")
        let text = column < outcome.cells.count ? outcome.cells[column] : ""
        let isNumber = layout.column(of: .documentNumber) == column
        let conflict = conflicts[name]
        var other = ""
        if let conflict {
            let theirs = isNumber ? Self.masked(conflict.theirs.after) : conflict.theirs.after
            other = "\(names[conflict.theirs.by] ?? "") \(words("other")) “\(theirs)”。\(words("again"))"
        }
        return [
            "field": name, "label": header.isEmpty ? SheetColumn(index: column, header: "").letter : header,
            // What was typed stays; a number that is there is never sent out.
            "text": conflict?.mine ?? (isNumber ? "" : text), "hasHint": isNumber,
            "hint": isNumber ? "\(words("numberHint")) \(Self.masked(text))\(words("numberKeep"))" : "",
            "hasOther": conflict != nil, "other": other,
        ]
    }

    var summary: [[String: Any]] {
        conflicts.sorted { $0.value.place < $1.value.place }.map { name, conflict in
            let place = conflict.place
            let row = visit.language == .zh ? "第 \(place.row) 行" : "row \(place.row)"
            let header = place.column.map { column in
                column < tables[place.table].headers.count ? tables[place.table].headers[column] : ""
            }
            return ["field": name, "label": "\(row) \(header ?? words("leaveOut"))"]
        }
    }
}

/// What a form says of cells.
struct PostedCells {
    let version: Int
    let texts: [CellPlace: String]

    /// - Parameter columnsOfNumbers: by table, where nothing typed means nothing changed.
    init?(_ form: Form, numberColumns: [Int: Int]) {
        guard let version = Int(form["version"]) else { return nil }
        var texts: [CellPlace: String] = [:]
        for (name, value) in form.all(prefix: "cell-") {
            let parts = name.split(separator: "-").compactMap { Int($0) }
            guard parts.count == 3, parts.allSatisfy({ (0...1 << 21).contains($0) }) else { return nil }
            if numberColumns[parts[0]] == parts[2], value.isEmpty { continue }
            texts[CellPlace(table: parts[0], row: parts[1], column: parts[2])] = value
        }
        for (name, value) in form.all(prefix: "out-") {
            let isShown = name.hasSuffix("-shown")
            let parts = (isShown ? name.dropLast(6) : name).split(separator: "-").compactMap { Int($0) }
            guard parts.count == 2, parts.allSatisfy({ (0...1 << 21).contains($0) }) else { return nil }
            let place = CellPlace(table: parts[0], row: parts[1], column: nil)
            if isShown { texts[place] = texts[place] ?? "" } else if value == "1" { texts[place] = SheetDraft.leftOut }
        }
        (self.version, self.texts) = (version, texts)
    }

    /// Compared with the file, and only within it.
    func changes(in draft: SheetDraft, tables: [SheetLayout], visit: Visit) throws -> [MendSheet.Change] {
        let rows = Set(texts.keys.map { CellPlace(table: $0.table, row: $0.row, column: nil) })
        let cells = try draft.fileCells(of: rows, in: visit.portal.office)
        return try texts.map { place, text in
            guard let row = cells[CellPlace(table: place.table, row: place.row, column: nil)],
                tables.indices.contains(place.table), (place.column ?? 0) < tables[place.table].headers.count
            else { throw PortalRefusal.missing }
            let column = place.column
            let kept = column.map { $0 < row.count ? row[$0] : "" } ?? ""
            return MendSheet.Change(place, text, fileText: kept)
        }
    }
}
