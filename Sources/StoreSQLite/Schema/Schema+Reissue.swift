extension Schema {
    static let reissue = """
        CREATE TABLE campaign (
            id INTEGER PRIMARY KEY,
            name TEXT NOT NULL UNIQUE,
            digest BLOB NOT NULL,
            cause TEXT NOT NULL,
            change_box BLOB NOT NULL,
            approved_by TEXT NOT NULL,
            approval_reason TEXT NOT NULL,
            approved_at INTEGER NOT NULL,
            paused_at INTEGER,
            completed_at INTEGER
        ) STRICT;

        CREATE TABLE campaign_member (
            campaign INTEGER NOT NULL REFERENCES campaign,
            certificate INTEGER NOT NULL,
            -- The version to be superseded.
            version INTEGER NOT NULL,
            -- NULL while waiting, else the new version; passed over it is 0, or negative when that was prepared.
            replacement INTEGER,
            PRIMARY KEY (campaign, certificate),
            FOREIGN KEY (certificate, version) REFERENCES version
        ) STRICT, WITHOUT ROWID;

        CREATE TABLE correction (
            certificate INTEGER NOT NULL,
            version INTEGER NOT NULL,
            history_box BLOB NOT NULL,
            person BLOB,
            private_box BLOB,
            -- So that what the log says of a certificate can be compared after its holder's data were corrected.
            record_before BLOB,
            made_by TEXT NOT NULL,
            reason TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            PRIMARY KEY (certificate, version),
            FOREIGN KEY (certificate, version) REFERENCES version
        ) STRICT, WITHOUT ROWID;
        """
}
