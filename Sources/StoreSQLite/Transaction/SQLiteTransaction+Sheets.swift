import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func sheet(_ id: SheetID) throws -> StaffSheet? {
        try Row.fetchOne(db, sql: "SELECT * FROM sheet WHERE id = ?", arguments: [id.value])
            .map(StaffSheet.init(row:))
    }

    func sheets(of institutions: [InstitutionID]?) throws -> [StaffSheet] {
        let marks = (institutions ?? []).map { _ in "?" }.joined(separator: ", ")
        return try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM sheet \(institutions == nil ? "" : "WHERE institution IN (\(marks))")
                ORDER BY changed_at DESC, id DESC
                """, arguments: (institutions ?? []).map(\.text)
        ).map(StaffSheet.init(row:))
    }

    func sheet(ofFile digest: [UInt8], institution: InstitutionID) throws -> StaffSheet? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT * FROM sheet WHERE institution = ? AND file_digest = ? AND state <> 'withdrawn'
                ORDER BY id DESC LIMIT 1
                """, arguments: [institution.text, digest.data]
        ).map(StaffSheet.init(row:))
    }

    func sheetFile(of sheet: SheetID) throws -> SheetFile? {
        try Row.fetchOne(db, sql: "SELECT * FROM sheet WHERE id = ?", arguments: [sheet.value]).map { row in
            SheetFile(
                digest: row.bytes("file_digest"), nameBox: row.bytes("file_name_box"), byteCount: row["byte_count"],
                pieceCount: row["piece_count"])
        }
    }

    func filePiece(_ position: Int, of sheet: SheetID) throws -> [UInt8]? {
        try Row.fetchOne(
            db, sql: "SELECT piece FROM sheet_piece WHERE sheet = ? AND position = ?",
            arguments: [sheet.value, position])?.bytes("piece")
    }

    func edits(of sheet: SheetID) throws -> [SheetEdit] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM sheet_edit WHERE sheet = ? ORDER BY version, table_position, row, column_position
                """, arguments: [sheet.value]
        ).map(SheetEdit.init(row:))
    }

    func answers(of sheet: SheetID) throws -> [SheetAnswer] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM sheet_answer WHERE sheet = ? ORDER BY row_key, rule", arguments: [sheet.value]
        ).map { row in
            SheetAnswer(
                rowKey: row.bytes("row_key"), rule: row["rule"], reason: row.bytes("reason_box"),
                by: try row.account("answered_by"), at: row["answered_at"])
        }
    }

    func insert(_ sheet: NewSheet, pieces: (SheetID) throws -> [[UInt8]]) throws -> StaffSheet {
        try db.execute(
            sql: """
                INSERT INTO sheet (institution, title, state, version, started_by, created_at, changed_at, file_digest,
                                   file_name_box, byte_count, piece_count)
                VALUES (?1, ?2, 'draft', 1, ?3, ?4, ?4, ?5, ?6, ?7, ?8)
                """,
            arguments: [
                sheet.institution.text, sheet.title, sheet.startedBy.bytes.data, sheet.at, sheet.file.digest.data,
                sheet.file.nameBox.data, sheet.file.byteCount, sheet.file.pieceCount,
            ])
        let id = SheetID(db.lastInsertedRowID)
        for (position, piece) in try pieces(id).enumerated() {
            try db.execute(
                sql: "INSERT INTO sheet_piece (sheet, position, piece) VALUES (?, ?, ?)",
                arguments: [id.value, position, piece.data])
        }
        return try kept(id)
    }

    func describe(_ sheet: SheetID, title: String, awardDate: CalendarDate?, at time: Int) throws {
        try requireDraft(sheet)
        try db.execute(
            sql: "UPDATE sheet SET title = ?, award_day = ?, changed_at = ? WHERE id = ?",
            arguments: [title, awardDate?.daysSinceEpoch, time, sheet.value])
    }

    func save(_ edits: [SheetEdit], of sheet: SheetID, at time: Int) throws {
        let draft = try requireDraft(sheet)
        guard edits.allSatisfy({ $0.version == draft.version + 1 }) else { throw Self.movedOn("sheet", sheet.value) }
        for edit in edits {
            try db.execute(
                sql: """
                    INSERT INTO sheet_edit (sheet, version, table_position, row, column_position, before_box, after_box,
                                            edited_by, edited_at)
                    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    sheet.value, edit.version, edit.place.table, edit.place.row, edit.place.column ?? -1,
                    edit.before.data, edit.after.data, edit.by.bytes.data, edit.at,
                ])
        }
        try touch(sheet, at: time)
    }

    func save(_ answer: SheetAnswer, of sheet: SheetID) throws {
        try requireDraft(sheet)
        try db.execute(
            sql: """
                INSERT OR REPLACE INTO sheet_answer (sheet, row_key, rule, reason_box, answered_by, answered_at)
                VALUES (?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                sheet.value, answer.rowKey.data, answer.rule, answer.reason.data, answer.by.bytes.data, answer.at,
            ])
        try touch(sheet, at: answer.at)
    }

    func removeAnswers(toRow rowKey: [UInt8], of sheet: SheetID, at time: Int) throws {
        try requireDraft(sheet)
        try db.execute(
            sql: "DELETE FROM sheet_answer WHERE sheet = ? AND row_key = ?", arguments: [sheet.value, rowKey.data])
        try touch(sheet, at: time)
    }

    func withdraw(_ sheet: SheetID, at time: Int) throws {
        try requireDraft(sheet)
        try setState(.withdrawn, of: sheet, at: time)
    }

    func removeFiles(endedBy time: Int) throws {
        let ended = try Row.fetchAll(
            db,
            sql: """
                SELECT id FROM sheet WHERE state IN ('issued', 'withdrawn') AND changed_at <= ?
                    AND EXISTS (SELECT 1 FROM sheet_piece WHERE sheet = sheet.id)
                """, arguments: [time])
        for row in ended {
            let id: Int64 = row["id"]
            for table in ["sheet_piece", "sheet_edit", "sheet_answer"] {
                try db.execute(sql: "DELETE FROM \(table) WHERE sheet = ?", arguments: [id])
            }
            try db.execute(
                sql: """
                    DELETE FROM submission_piece WHERE submission IN (SELECT id FROM submission WHERE sheet = ?)
                    """, arguments: [id])
        }
    }

    func setState(_ state: StaffSheet.State, of sheet: SheetID, at time: Int) throws {
        try db.execute(
            sql: "UPDATE sheet SET state = ?, changed_at = ? WHERE id = ?",
            arguments: [state.rawValue, time, sheet.value])
    }

    @discardableResult func requireDraft(_ id: SheetID) throws -> StaffSheet {
        let sheet = try kept(id)
        guard sheet.state == .draft else { throw Self.movedOn("sheet", id.value) }
        return sheet
    }

    private func touch(_ sheet: SheetID, at time: Int) throws {
        try db.execute(
            sql: "UPDATE sheet SET version = version + 1, changed_at = ? WHERE id = ?",
            arguments: [time, sheet.value])
    }

    private func kept(_ id: SheetID) throws -> StaffSheet {
        guard let sheet = try sheet(id) else {
            throw StoreError(.notFound, zh: "没有这份成绩表", en: "there is no such sheet")
        }
        return sheet
    }

    static func movedOn(_ what: String, _ id: Int64) -> StoreError {
        StoreError(
            .conflict, zh: "\(what == "sheet" ? "成绩表" : "报送") \(id) 已不在原来的状态；请刷新页面再看",
            en: "\(what) \(id) is in another state by now; look again")
    }
}

extension StaffSheet {
    fileprivate init(row: Row) throws {
        guard let state = State(rawValue: row["state"]) else {
            throw StoreError(.damaged, zh: "有一份成绩表的状态未知", en: "a sheet has an unknown state")
        }
        let awardDay: Int? = row["award_day"]
        self.init(
            id: SheetID(row["id"]), institution: InstitutionID(row["institution"]), title: row["title"], state: state,
            version: row["version"], awardDate: awardDay.map(CalendarDate.init(daysSinceEpoch:)),
            startedBy: try row.account("started_by"), createdAt: row["created_at"], changedAt: row["changed_at"])
    }
}

extension SheetEdit {
    fileprivate init(row: Row) throws {
        let column: Int = row["column_position"]
        self.init(
            version: row["version"],
            place: CellPlace(table: row["table_position"], row: row["row"], column: column < 0 ? nil : column),
            before: row.bytes("before_box"), after: row.bytes("after_box"), by: try row.account("edited_by"),
            at: row["edited_at"])
    }
}
