extension Schema {
    static let sheets = """
        CREATE TABLE sheet (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            institution TEXT NOT NULL REFERENCES institution,
            title TEXT NOT NULL,
            state TEXT NOT NULL,
            version INTEGER NOT NULL,
            award_day INTEGER,
            started_by BLOB NOT NULL REFERENCES account (id),
            created_at INTEGER NOT NULL,
            changed_at INTEGER NOT NULL,
            file_digest BLOB NOT NULL,
            file_name_box BLOB NOT NULL,
            byte_count INTEGER NOT NULL,
            piece_count INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX sheet_institution ON sheet (institution, file_digest);

        -- Apart from sheet, as these are large.
        CREATE TABLE sheet_piece (
            sheet INTEGER NOT NULL REFERENCES sheet,
            position INTEGER NOT NULL,
            piece BLOB NOT NULL,
            PRIMARY KEY (sheet, position)
        ) STRICT;

        CREATE TABLE sheet_edit (
            sheet INTEGER NOT NULL REFERENCES sheet,
            version INTEGER NOT NULL,
            table_position INTEGER NOT NULL,
            row INTEGER NOT NULL,
            -- -1 for the whole row.
            column_position INTEGER NOT NULL,
            before_box BLOB NOT NULL,
            after_box BLOB NOT NULL,
            edited_by BLOB NOT NULL REFERENCES account (id),
            edited_at INTEGER NOT NULL,
            PRIMARY KEY (sheet, version, table_position, row, column_position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE sheet_answer (
            sheet INTEGER NOT NULL REFERENCES sheet,
            row_key BLOB NOT NULL,
            rule TEXT NOT NULL,
            reason_box BLOB NOT NULL,
            answered_by BLOB NOT NULL REFERENCES account (id),
            answered_at INTEGER NOT NULL,
            PRIMARY KEY (sheet, row_key, rule)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE submission (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            sheet INTEGER NOT NULL REFERENCES sheet,
            institution TEXT NOT NULL REFERENCES institution,
            award_day INTEGER NOT NULL,
            digest BLOB NOT NULL,
            row_count INTEGER NOT NULL,
            certificate_count INTEGER NOT NULL,
            submitted_by BLOB NOT NULL REFERENCES account (id),
            submitted_at INTEGER NOT NULL,
            state TEXT NOT NULL,
            reviewer BLOB REFERENCES account (id),
            reason TEXT NOT NULL,
            batch INTEGER REFERENCES batch,
            changed_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX submission_sheet ON submission (sheet);
        CREATE INDEX submission_state ON submission (state);

        CREATE TABLE submission_bin (
            submission INTEGER NOT NULL REFERENCES submission,
            bin TEXT NOT NULL,
            row_count INTEGER NOT NULL,
            PRIMARY KEY (submission, bin)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE submission_contributor (
            submission INTEGER NOT NULL REFERENCES submission,
            account BLOB NOT NULL REFERENCES account (id),
            PRIMARY KEY (submission, account)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE submission_piece (
            submission INTEGER NOT NULL REFERENCES submission,
            position INTEGER NOT NULL,
            piece BLOB NOT NULL,
            PRIMARY KEY (submission, position)
        ) STRICT;
        """
}
