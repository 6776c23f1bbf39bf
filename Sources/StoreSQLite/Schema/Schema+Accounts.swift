extension Schema {
    static let accounts = """
        CREATE TABLE account (
            -- In the order in which they were made.
            position INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            handle BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            state TEXT NOT NULL,
            epoch INTEGER NOT NULL,
            created_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE account_role (
            account BLOB NOT NULL REFERENCES account (id),
            role TEXT NOT NULL,
            -- Empty for all.
            institution TEXT NOT NULL,
            from_day INTEGER NOT NULL,
            until_day INTEGER,
            granted_by TEXT NOT NULL,
            PRIMARY KEY (account, role, institution, from_day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE passkey (
            position INTEGER PRIMARY KEY,
            id BLOB NOT NULL UNIQUE,
            account BLOB NOT NULL REFERENCES account (id),
            cose BLOB NOT NULL,
            counter INTEGER NOT NULL,
            is_backup_eligible INTEGER NOT NULL,
            -- Separated by spaces.
            transports TEXT NOT NULL,
            label TEXT NOT NULL,
            added_at INTEGER NOT NULL,
            used_at INTEGER,
            doubted_at INTEGER
        ) STRICT;
        CREATE INDEX passkey_account ON passkey (account);

        -- One that is open for each account at most; gone when it is used.
        CREATE TABLE enrolment_link (
            account BLOB PRIMARY KEY REFERENCES account (id),
            digest BLOB NOT NULL UNIQUE,
            expires_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE recovery_code (
            digest BLOB PRIMARY KEY,
            account BLOB NOT NULL REFERENCES account (id)
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX recovery_code_account ON recovery_code (account);

        CREATE TABLE staff_session (
            digest BLOB PRIMARY KEY,
            account BLOB NOT NULL REFERENCES account (id),
            epoch INTEGER NOT NULL,
            begun_at INTEGER NOT NULL,
            seen_at INTEGER NOT NULL,
            ends_at INTEGER NOT NULL,
            method TEXT NOT NULL,
            device TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;
        CREATE INDEX staff_session_account ON staff_session (account);

        CREATE TABLE passkey_challenge (
            browser BLOB NOT NULL,
            purpose TEXT NOT NULL,
            challenge BLOB NOT NULL,
            account BLOB REFERENCES account (id),
            statement BLOB NOT NULL,
            expires_at INTEGER NOT NULL,
            PRIMARY KEY (browser, purpose)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE allowance (
            name TEXT PRIMARY KEY,
            -- When it is whole again.
            full_at INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- Secrets are NULL until they are set, all at once.
        CREATE TABLE password_access (
            account BLOB PRIMARY KEY REFERENCES account (id),
            sign_in_name TEXT NOT NULL UNIQUE,
            allowed_at INTEGER NOT NULL,
            cost INTEGER,
            block_size INTEGER,
            parallelism INTEGER,
            salt BLOB,
            digest BLOB,
            code_box BLOB,
            last_step INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        -- One that is open for each account at most; gone when it is decided.
        CREATE TABLE account_proposal (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            account BLOB NOT NULL UNIQUE REFERENCES account (id),
            change TEXT NOT NULL,
            proposed_by BLOB NOT NULL REFERENCES account (id),
            proposed_at INTEGER NOT NULL
        ) STRICT;

        CREATE TABLE proposed_role (
            proposal INTEGER NOT NULL REFERENCES account_proposal (id) ON DELETE CASCADE,
            role TEXT NOT NULL,
            -- Empty for all.
            institution TEXT NOT NULL,
            from_day INTEGER NOT NULL,
            until_day INTEGER,
            granted_by TEXT NOT NULL,
            PRIMARY KEY (proposal, role, institution, from_day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE account_news (
            position INTEGER PRIMARY KEY,
            account BLOB NOT NULL REFERENCES account (id),
            kind TEXT NOT NULL,
            made_by TEXT NOT NULL,
            made_at INTEGER NOT NULL
        ) STRICT;
        """
}
