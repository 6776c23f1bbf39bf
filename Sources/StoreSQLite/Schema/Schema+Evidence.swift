extension Schema {
    static let evidence = """
        -- Kept for ever.
        CREATE TABLE approval_evidence (
            id INTEGER PRIMARY KEY,
            act TEXT NOT NULL,
            subject TEXT NOT NULL,
            subject_digest BLOB NOT NULL,
            -- Signed once, used once.
            statement BLOB NOT NULL UNIQUE,
            account BLOB NOT NULL REFERENCES account (id),
            credential BLOB NOT NULL,
            authenticator_data BLOB NOT NULL,
            client_data BLOB NOT NULL,
            signature BLOB NOT NULL,
            came_at INTEGER NOT NULL
        ) STRICT;
        CREATE INDEX approval_evidence_subject ON approval_evidence (subject);
        CREATE INDEX approval_evidence_credential ON approval_evidence (credential);

        CREATE TABLE approval_outcome (
            evidence INTEGER PRIMARY KEY REFERENCES approval_evidence (id),
            concluded_at INTEGER NOT NULL,
            -- NULL when what was approved was done.
            refusal_zh TEXT,
            refusal_en TEXT
        ) STRICT;
        """
}
