extension Schema {
    static let statusLists = """
        CREATE TABLE status_list (
            id INTEGER PRIMARY KEY,
            size INTEGER NOT NULL,
            permutation_key BLOB NOT NULL,
            next INTEGER NOT NULL DEFAULT 0 CHECK (next BETWEEN 0 AND size),
            changes INTEGER NOT NULL DEFAULT 0,
            published_changes INTEGER,
            published_at INTEGER
        ) STRICT;

        CREATE TABLE status_act (
            id INTEGER PRIMARY KEY,
            transition TEXT NOT NULL,
            reason TEXT NOT NULL,
            note TEXT NOT NULL,
            made_by TEXT NOT NULL,
            made_at INTEGER NOT NULL
        ) STRICT;

        -- Only what is not valid.
        CREATE TABLE status_entry (
            list INTEGER NOT NULL REFERENCES status_list,
            idx INTEGER NOT NULL,
            status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
            act INTEGER NOT NULL REFERENCES status_act,
            certificate INTEGER NOT NULL,
            version INTEGER NOT NULL,
            certificate_id BLOB NOT NULL,
            PRIMARY KEY (list, idx),
            FOREIGN KEY (certificate, version) REFERENCES version
        ) STRICT, WITHOUT ROWID;

        CREATE UNIQUE INDEX status_entry_certificate ON status_entry (certificate_id, version);

        -- Appended to only.
        CREATE TABLE status_change (
            certificate INTEGER NOT NULL,
            version INTEGER NOT NULL,
            act INTEGER NOT NULL REFERENCES status_act,
            PRIMARY KEY (certificate, version, act),
            FOREIGN KEY (certificate, version) REFERENCES version
        ) STRICT, WITHOUT ROWID;

        -- Read back from published lists, of certificates that are not in this database.
        CREATE TABLE status_kept (
            list INTEGER NOT NULL REFERENCES status_list,
            idx INTEGER NOT NULL,
            status INTEGER NOT NULL CHECK (status BETWEEN 1 AND 3),
            PRIMARY KEY (list, idx)
        ) STRICT, WITHOUT ROWID;
        """
}
