import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func review(of submission: SubmissionID) throws -> SubmissionReview? {
        guard
            let row = try Row.fetchOne(
                db, sql: "SELECT * FROM review WHERE submission = ?", arguments: [submission.value])
        else { return nil }
        return SubmissionReview(
            submission: submission, officer: try row.account("officer"), seed: row.bytes("seed"),
            rows: try Int.fetchAll(
                db, sql: "SELECT sheet_row FROM review_row WHERE submission = ? ORDER BY sheet_row",
                arguments: [submission.value]), box: row.bytes("box"), begunAt: row["begun_at"])
    }

    func ticks(of submission: SubmissionID) throws -> [RowTick] {
        try Row.fetchAll(
            db,
            sql: "SELECT * FROM review_row WHERE submission = ? AND is_right IS NOT NULL ORDER BY sheet_row",
            arguments: [submission.value]
        ).map { row in
            RowTick(
                row: row["sheet_row"], isRight: row["is_right"], noteBox: row.bytes("note"),
                by: try row.account("looked_by"), at: row["looked_at"])
        }
    }

    func insert(_ review: SubmissionReview) throws {
        for table in ["review_row", "review"] {
            try db.execute(
                sql: "DELETE FROM \(table) WHERE submission = ?", arguments: [review.submission.value])
        }
        try db.execute(
            sql: "INSERT INTO review (submission, officer, seed, box, begun_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                review.submission.value, review.officer.bytes.data, review.seed.data, review.box.data, review.begunAt,
            ])
        let statement = try db.cachedStatement(sql: "INSERT INTO review_row (submission, sheet_row) VALUES (?, ?)")
        for row in review.rows { try statement.execute(arguments: [review.submission.value, row]) }
    }

    func save(_ ticks: [RowTick], of submission: SubmissionID) throws {
        let statement = try db.cachedStatement(
            sql: """
                UPDATE review_row SET is_right = ?, note = ?, looked_by = ?, looked_at = ?
                WHERE submission = ? AND sheet_row = ?
                """)
        for tick in ticks {
            try statement.execute(arguments: [
                tick.isRight, tick.noteBox.data, tick.by.bytes.data, tick.at, submission.value, tick.row,
            ])
            guard db.changesCount == 1 else {
                throw StoreError(
                    .notFound, zh: "第 \(tick.row) 行不在要核对的行中", en: "row \(tick.row) is not among those to compare")
            }
        }
    }
}
