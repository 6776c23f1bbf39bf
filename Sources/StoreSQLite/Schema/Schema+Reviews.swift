extension Schema {
    static let reviews = """
        CREATE TABLE review (
            submission INTEGER PRIMARY KEY REFERENCES submission (id),
            officer BLOB NOT NULL REFERENCES account (id),
            seed BLOB NOT NULL,
            box BLOB NOT NULL,
            begun_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE review_row (
            submission INTEGER NOT NULL REFERENCES review (submission),
            sheet_row INTEGER NOT NULL,
            -- NULL until somebody has looked.
            is_right INTEGER CHECK (is_right IN (0, 1)),
            note BLOB,
            looked_by BLOB REFERENCES account (id),
            looked_at INTEGER,
            PRIMARY KEY (submission, sheet_row)
        ) STRICT, WITHOUT ROWID;
        """
}
