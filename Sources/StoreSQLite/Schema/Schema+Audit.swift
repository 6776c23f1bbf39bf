extension Schema {
    /// The triggers keep mistakes out; against who removes them, the chain and its checkpoints speak.
    static let audit = """
        CREATE TABLE audit (
            sequence INTEGER PRIMARY KEY,
            time INTEGER NOT NULL,
            actor TEXT NOT NULL,
            act TEXT NOT NULL,
            -- JSON object of fields.
            subject TEXT NOT NULL,
            digest BLOB NOT NULL,
            reason TEXT NOT NULL,
            previous BLOB NOT NULL,
            hash BLOB NOT NULL
        ) STRICT;

        CREATE TRIGGER audit_is_not_changed BEFORE UPDATE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END;
        CREATE TRIGGER audit_is_not_cut BEFORE DELETE ON audit
        BEGIN SELECT RAISE(ABORT, 'the audit trail only grows'); END;

        -- Every list as it was published, made durable before anyone sees it.
        CREATE TABLE trust_list (
            sequence INTEGER PRIMARY KEY,
            jws TEXT NOT NULL
        ) STRICT;
        """
}
