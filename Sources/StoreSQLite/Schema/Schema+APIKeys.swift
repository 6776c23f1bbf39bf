extension Schema {
    static let apiKeys = """
        CREATE TABLE api_key (
            -- In the order in which they were made.
            position INTEGER PRIMARY KEY,
            id TEXT NOT NULL UNIQUE,
            digest BLOB NOT NULL UNIQUE,
            name TEXT NOT NULL,
            -- Separated by spaces.
            scopes TEXT NOT NULL,
            per_minute INTEGER NOT NULL,
            created_at INTEGER NOT NULL,
            expires_at INTEGER,
            revoked_at INTEGER
        ) STRICT;
        """
}
