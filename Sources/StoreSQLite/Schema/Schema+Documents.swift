extension Schema {
    /// Which PDFs were made, and when; a replacement has the next serial.
    static let documents = """
        CREATE TABLE document_print (
            certificate INTEGER NOT NULL,
            version INTEGER NOT NULL,
            serial INTEGER NOT NULL,
            digest BLOB NOT NULL,
            made_by TEXT NOT NULL,
            reason TEXT NOT NULL,
            made_at INTEGER NOT NULL,
            PRIMARY KEY (certificate, version, serial, digest),
            -- Only what is signed is ever printed.
            FOREIGN KEY (certificate, version) REFERENCES seal
        ) STRICT, WITHOUT ROWID;
        """
}
