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

        CREATE TABLE holder_session (
            digest BLOB PRIMARY KEY,
            certificate INTEGER NOT NULL REFERENCES certificate,
            ends_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX holder_session_certificate ON holder_session (certificate);

        CREATE TABLE share_code (
            -- In the order in which they were made.
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            digest BLOB NOT NULL UNIQUE,
            certificate INTEGER NOT NULL REFERENCES certificate,
            shows_scores INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER NOT NULL,
            cancelled_at INTEGER,
            openings INTEGER NOT NULL DEFAULT 0,
            label TEXT NOT NULL,
            shows_photo INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX share_code_certificate ON share_code (certificate);
        """
}
