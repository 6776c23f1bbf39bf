extension Schema {
    static let holders = """
        -- One that is open for each certificate at most; gone when it is used.
        CREATE TABLE claim_invitation (
            certificate INTEGER PRIMARY KEY REFERENCES certificate,
            digest BLOB NOT NULL UNIQUE,
            expires_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE holder_access (
            certificate INTEGER PRIMARY KEY REFERENCES certificate,
            salt BLOB NOT NULL,
            digest BLOB NOT NULL
        ) STRICT;

        CREATE TABLE share_code (
            id TEXT PRIMARY KEY,
            digest BLOB NOT NULL UNIQUE,
            certificate INTEGER NOT NULL REFERENCES certificate,
            shows_scores INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            cancelled_at INTEGER,
            openings INTEGER NOT NULL DEFAULT 0
        ) STRICT;
        CREATE INDEX share_code_certificate ON share_code (certificate);
        """

    static let shareLabels = """
        -- Codes made before show no photo and have no label.
        ALTER TABLE share_code ADD COLUMN label TEXT NOT NULL DEFAULT '';
        ALTER TABLE share_code ADD COLUMN shows_photo INTEGER NOT NULL DEFAULT 0;
        """
}
