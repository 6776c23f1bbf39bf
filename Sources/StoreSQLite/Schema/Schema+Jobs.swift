extension Schema {
    static let jobs = """
        CREATE TABLE job (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            kind TEXT NOT NULL,
            subject TEXT NOT NULL,
            -- Empty for none.
            institution TEXT NOT NULL,
            key TEXT NOT NULL UNIQUE,
            parameters BLOB NOT NULL,
            asked_by BLOB REFERENCES account (id),
            asked_at INTEGER NOT NULL,
            state TEXT NOT NULL,
            done INTEGER NOT NULL,
            total INTEGER NOT NULL,
            tries INTEGER NOT NULL,
            problem TEXT NOT NULL,
            changed_at INTEGER NOT NULL,
            file_name TEXT,
            media_type TEXT,
            byte_count INTEGER,
            piece_count INTEGER
        ) STRICT;
        CREATE INDEX job_state ON job (state, id);
        CREATE INDEX job_subject ON job (subject);

        -- Apart from job, as these are large.
        CREATE TABLE job_piece (
            job INTEGER NOT NULL REFERENCES job,
            position INTEGER NOT NULL,
            piece BLOB NOT NULL,
            PRIMARY KEY (job, position)
        ) STRICT;

        CREATE TABLE notice (
            position INTEGER PRIMARY KEY,
            key TEXT NOT NULL,
            channel TEXT NOT NULL,
            text TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            state TEXT NOT NULL,
            tries INTEGER NOT NULL,
            next_at INTEGER NOT NULL,
            problem TEXT NOT NULL,
            UNIQUE (key, channel)
        ) STRICT;
        CREATE INDEX notice_due ON notice (state, next_at);
        """
}
