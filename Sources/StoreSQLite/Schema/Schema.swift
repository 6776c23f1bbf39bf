import Errors
import GRDB
import Store

/// The tables.
enum Schema {
    static func migrate(_ pool: DatabasePool) throws {
        if try pool.read(migrator.hasBeenSuperseded) {
            throw StoreError(
                .newerSchema, zh: "数据库由更新版本的 Signet 写过；请使用该版本或更新的版本",
                en: "the database was written by a newer Signet; use that version or a later one")
        }
        try migrator.migrate(pool)
    }

    static var migrator: DatabaseMigrator {
        var migrator = DatabaseMigrator()
        migrator.registerMigration("1") { db in
            let all = [
                first, registry, documents, statusLists, audit, reissue, apiKeys, holders, leases, accounts, evidence,
                jobs, sheets, reviews,
            ]
            for tables in all {
                try db.execute(sql: tables)
            }
        }
        return migrator
    }

    /// Days are counted from 1970-01-01, instants in seconds from it.
    private static let first = """
        CREATE TABLE institution (
            id TEXT PRIMARY KEY,
            number_prefix TEXT NOT NULL,
            phone TEXT NOT NULL,
            website TEXT NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE institution_name (
            institution TEXT NOT NULL REFERENCES institution,
            from_day INTEGER NOT NULL,
            name TEXT NOT NULL,
            PRIMARY KEY (institution, from_day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE filing (
            institution TEXT NOT NULL REFERENCES institution,
            occupation_code TEXT NOT NULL,
            level INTEGER NOT NULL,
            from_day INTEGER NOT NULL,
            to_day INTEGER,
            occupation_name TEXT NOT NULL,
            PRIMARY KEY (institution, occupation_code, level, from_day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE batch (
            id INTEGER PRIMARY KEY,
            content BLOB NOT NULL UNIQUE,
            institution TEXT NOT NULL REFERENCES institution,
            award_day INTEGER NOT NULL,
            completed_at INTEGER
        ) STRICT;

        -- The newest holds.
        CREATE TABLE batch_approval (
            batch INTEGER NOT NULL REFERENCES batch,
            sequence INTEGER NOT NULL,
            digest BLOB NOT NULL,
            statement TEXT NOT NULL,
            approved_by TEXT NOT NULL,
            approval_reason TEXT NOT NULL,
            approved_at INTEGER NOT NULL,
            PRIMARY KEY (batch, sequence)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE batch_photo (
            batch INTEGER NOT NULL REFERENCES batch,
            sheet_row INTEGER NOT NULL,
            digest BLOB NOT NULL,
            PRIMARY KEY (batch, sheet_row)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE batch_chunk (
            batch INTEGER NOT NULL REFERENCES batch,
            position INTEGER NOT NULL,
            digest BLOB NOT NULL,
            -- NULL until the chunk's certificates are durable, then the rows passed over.
            skipped INTEGER,
            PRIMARY KEY (batch, position)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE number_series (
            series TEXT PRIMARY KEY,
            next INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE certificate (
            -- batch << 32 | sheet_row: one certificate for a row, without an index of its own.
            id INTEGER PRIMARY KEY,
            number TEXT NOT NULL UNIQUE,
            person BLOB NOT NULL,
            occupation_code TEXT NOT NULL,
            level INTEGER NOT NULL,
            private_box BLOB NOT NULL,
            UNIQUE (person, occupation_code, level)
        ) STRICT;

        -- The exact bytes to be signed, durable before a key is used.
        CREATE TABLE version (
            certificate INTEGER NOT NULL REFERENCES certificate,
            version INTEGER NOT NULL,
            kid BLOB NOT NULL,
            payload BLOB NOT NULL,
            PRIMARY KEY (certificate, version)
        ) STRICT, WITHOUT ROWID;

        -- Apart from version, so that signing only ever appends.
        CREATE TABLE seal (
            certificate INTEGER NOT NULL,
            version INTEGER NOT NULL,
            signature BLOB NOT NULL,
            PRIMARY KEY (certificate, version),
            -- No signature without durable intent.
            FOREIGN KEY (certificate, version) REFERENCES version
        ) STRICT, WITHOUT ROWID;
        """

    private static let registry = """
        CREATE TABLE registry_version (
            number INTEGER PRIMARY KEY,
            made_by TEXT NOT NULL,
            reason TEXT NOT NULL,
            made_at INTEGER NOT NULL
        ) STRICT;

        -- A table's line from this version on, until one with the same key in a later version.
        CREATE TABLE registry_entry (
            kind TEXT NOT NULL,
            key TEXT NOT NULL,
            version INTEGER NOT NULL REFERENCES registry_version,
            -- JSON object, cells by column.
            cells TEXT NOT NULL,
            PRIMARY KEY (kind, key, version)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE attempt (
            person BLOB NOT NULL,
            occupation_code TEXT NOT NULL,
            level INTEGER NOT NULL,
            exam_day INTEGER NOT NULL,
            institution TEXT NOT NULL REFERENCES institution,
            outcome TEXT NOT NULL,
            private_box BLOB NOT NULL,
            PRIMARY KEY (person, occupation_code, level, exam_day)
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE settlement (
            row_key BLOB NOT NULL,
            rule TEXT NOT NULL,
            settled_by TEXT NOT NULL,
            reason TEXT NOT NULL,
            settled_at INTEGER NOT NULL,
            PRIMARY KEY (row_key, rule)
        ) STRICT, WITHOUT ROWID;
        """
}
