import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func submission(_ id: SubmissionID) throws -> Submission? {
        try submissions(where: "id = ?", [id.value]).first
    }

    func submissions(state: Submission.State) throws -> [Submission] {
        try submissions(where: "state = ?", [state.rawValue])
    }

    func submissions(of sheet: SheetID) throws -> [Submission] { try submissions(where: "sheet = ?", [sheet.value]) }

    func submission(newestOf sheet: SheetID) throws -> Submission? {
        try submissions(where: "id = (SELECT max(id) FROM submission WHERE sheet = ?)", [sheet.value]).first
    }

    func frozenFile(of submission: SubmissionID) throws -> [[UInt8]] {
        try Row.fetchAll(
            db, sql: "SELECT piece FROM submission_piece WHERE submission = ? ORDER BY position",
            arguments: [submission.value]
        ).map { $0.bytes("piece") }
    }

    func insert(_ submission: NewSubmission, pieces: (SubmissionID) throws -> [[UInt8]]) throws -> Submission {
        try requireDraft(submission.sheet)
        try db.execute(
            sql: """
                INSERT INTO submission (sheet, institution, award_day, digest, row_count, certificate_count,
                                        submitted_by, submitted_at, state, reason, changed_at)
                VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, 'waiting', '', ?8)
                """,
            arguments: [
                submission.sheet.value, submission.institution.text, submission.awardDate.daysSinceEpoch,
                submission.digest.data, submission.rowCount, submission.certificateCount,
                submission.submittedBy.bytes.data, submission.submittedAt,
            ])
        let id = SubmissionID(db.lastInsertedRowID)
        for (bin, count) in submission.bins {
            try db.execute(
                sql: "INSERT INTO submission_bin (submission, bin, row_count) VALUES (?, ?, ?)",
                arguments: [id.value, bin, count])
        }
        for account in submission.contributors {
            try db.execute(
                sql: "INSERT INTO submission_contributor (submission, account) VALUES (?, ?)",
                arguments: [id.value, account.bytes.data])
        }
        for (position, piece) in try pieces(id).enumerated() {
            try db.execute(
                sql: "INSERT INTO submission_piece (submission, position, piece) VALUES (?, ?, ?)",
                arguments: [id.value, position, piece.data])
        }
        try setState(.submitted, of: submission.sheet, at: submission.submittedAt)
        return try kept(id)
    }

    func claim(_ submission: SubmissionID, by account: AccountID, at time: Int) throws {
        let kept = try kept(submission)
        if kept.state == .inReview, kept.reviewer == account { return }
        guard kept.state == .waiting else { throw Self.movedOn("submission", submission.value) }
        try db.execute(
            sql: "UPDATE submission SET state = 'in-review', reviewer = ?, changed_at = ? WHERE id = ?",
            arguments: [account.bytes.data, time, submission.value])
    }

    func returnSubmission(_ submission: SubmissionID, reason: String, at time: Int) throws {
        try setState(.returned, of: submission, batch: nil, at: time)
        try db.execute(
            sql: "UPDATE submission SET reason = ? WHERE id = ?", arguments: [reason, submission.value])
    }

    func setState(_ state: Submission.State, of submission: SubmissionID, batch: BatchID?, at time: Int) throws {
        let kept = try kept(submission)
        guard kept.state.next.contains(state) else { throw Self.movedOn("submission", submission.value) }
        try db.execute(
            sql: """
                UPDATE submission SET state = ?1, changed_at = ?2, batch = ?3,
                                      reviewer = CASE ?1 WHEN 'waiting' THEN NULL ELSE reviewer END
                WHERE id = ?4
                """, arguments: [state.rawValue, time, batch?.value, submission.value])
        switch state {
        case .returned, .withdrawn: try setState(.draft, of: kept.sheet, at: time)
        case .approved: try setState(.approved, of: kept.sheet, at: time)
        case .issued: try setState(.issued, of: kept.sheet, at: time)
        case .waiting, .inReview: try setState(.submitted, of: kept.sheet, at: time)
        }
    }

    private func kept(_ id: SubmissionID) throws -> Submission {
        guard let submission = try submission(id) else {
            throw StoreError(.notFound, zh: "没有这份报送", en: "there is no such submission")
        }
        return submission
    }

    private func submissions(
        where condition: String, _ arguments: [(any DatabaseValueConvertible)?]
    ) throws -> [Submission] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM submission WHERE \(condition) ORDER BY id", arguments: arguments
        ).map { row in
            let id: Int64 = row["id"]
            let bins = try Row.fetchAll(
                db, sql: "SELECT bin, row_count FROM submission_bin WHERE submission = ?", arguments: [id])
            let accounts = try Row.fetchAll(
                db, sql: "SELECT account FROM submission_contributor WHERE submission = ?", arguments: [id])
            return try Submission(
                row: row, bins: Dictionary(uniqueKeysWithValues: bins.map { ($0["bin"], $0["row_count"]) }),
                contributors: accounts.map { try $0.account("account") })
        }
    }
}

extension Submission {
    fileprivate init(row: Row, bins: [String: Int], contributors: [AccountID]) throws {
        guard let state = State(rawValue: row["state"]) else {
            throw StoreError(.damaged, zh: "有一份报送的状态未知", en: "a submission has an unknown state")
        }
        let batch: Int64? = row["batch"]
        self.init(
            id: SubmissionID(row["id"]),
            frozen: NewSubmission(
                sheet: SheetID(row["sheet"]), institution: InstitutionID(row["institution"]),
                awardDate: CalendarDate(daysSinceEpoch: row["award_day"]), digest: row.bytes("digest"),
                rowCount: row["row_count"], certificateCount: row["certificate_count"], bins: bins,
                contributors: contributors, submittedBy: try row.account("submitted_by"),
                submittedAt: row["submitted_at"]),
            state: state, reviewer: row["reviewer"] == nil ? nil : try row.account("reviewer"),
            reason: row["reason"], batch: batch.map(BatchID.init), changedAt: row["changed_at"])
    }
}
