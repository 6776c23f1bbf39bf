import Credential
import Encodings
import Errors
import HomeFolder
import Parsing
import PersonalData
import Results
import Store

/// A sheet in the portal as staff have it before them: its file, what was changed in it, what was answered for it.
package struct SheetDraft: Sendable {
    /// One change that was saved.
    package struct Edit: Hashable, Sendable {
        package let version: Int
        package let place: CellPlace
        package let before: String
        package let after: String
        package let by: AccountID
        package let at: Int
    }

    /// What a place without a column has once its row is left out.
    package static let leftOut = "left out"

    package let sheet: StaffSheet
    package let fileName: String
    package let edits: [Edit]
    /// By row key.
    package let answers: [[UInt8]: FrozenRow.Answer]
    /// Everybody who changed or answered something, and whoever began.
    package let hands: Set<AccountID>
    let bytes: [UInt8]

    package static func load(_ id: SheetID, in office: Office) async throws -> SheetDraft? {
        let keys = try office.home.dataKeys()
        return try await office.store.read { reading in
            guard let sheet = try reading.sheet(id) else { return nil }
            return try SheetDraft(sheet, reading, keys)
        }
    }

    init(_ sheet: StaffSheet, _ reading: any SheetReading, _ keys: DataKeys) throws {
        self.sheet = sheet
        let vault = try SheetVault(keys)
        guard let file = try reading.sheetFile(of: sheet.id), try reading.filePiece(0, of: sheet.id) != nil else {
            throw Refusal(.missing, zh: "这份成绩表的文件已按期限删除", en: "the file of this sheet was deleted after its time")
        }
        fileName = try vault.open(file.nameBox, SheetVault.label(ofNameWith: file.digest))
        let pieces = try (0..<file.pieceCount).compactMap { try reading.filePiece($0, of: sheet.id) }
        bytes = try SealedPieces(of: "sheet \(sheet.id.value)", keys).open(pieces)
        edits = try Self.edits(of: sheet.id, reading, vault)
        let kept = try reading.answers(of: sheet.id)
        answers = try Dictionary(grouping: kept, by: \.rowKey).mapValues { answers in
            let last = answers[answers.count - 1]
            return FrozenRow.Answer(
                rules: answers.map(\.rule).sorted(),
                reason: try vault.open(last.reason, SheetVault.label(ofAnswerTo: last.rule, in: sheet.id)),
                account: last.by.description)
        }
        hands = Set(edits.map(\.by) + kept.map(\.by) + [sheet.startedBy])
    }

    static func edits(of id: SheetID, _ reading: any SheetReading, _ vault: SheetVault) throws -> [Edit] {
        try reading.edits(of: id).map { edit in
            let label = SheetVault.label(of: edit.place, version: edit.version, in: id)
            return Edit(
                version: edit.version, place: edit.place, before: try vault.open(edit.before, label + " before"),
                after: try vault.open(edit.after, label + " after"), by: edit.by, at: edit.at)
        }
    }

    /// The last change of each place holds.
    package var overlay: SheetOverlay {
        var overlay = SheetOverlay()
        for edit in edits {
            let place = edit.place
            if let column = place.column {
                overlay[place.table, place.row].cells[column] = edit.after
            } else {
                overlay[place.table, place.row].isLeftOut = edit.after == Self.leftOut
            }
        }
        return overlay
    }

    /// The cells of some rows as the file has them, by table and row.
    package func fileCells(
        of rows: Set<CellPlace>, in office: Office
    ) throws -> [CellPlace: [String]] {
        var cells: [CellPlace: [String]] = [:]
        let sheet = try ResultSheet(bytes, name: fileName, office.workers)
        let interpreter = RowInterpreter(sheet, today: Clock.today())
        var reader = sheet.reader()
        while cells.count < rows.count, let chunk = try reader.nextChunk() {
            for (row, texts) in interpreter.numberedTexts(of: chunk) {
                let place = CellPlace(table: chunk.table, row: row, column: nil)
                if rows.contains(place) { cells[place] = texts }
            }
        }
        return cells
    }
}
