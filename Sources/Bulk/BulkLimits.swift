/// What one file may hold.
package struct BulkLimits: Sendable {
    package var rows: Int
    /// Files of an archive.
    package var files: Int
    /// Bytes of an archive's files together, inflated.
    package var archiveByteCount: Int

    package init(rows: Int, files: Int, archiveByteCount: Int) {
        self.rows = rows
        self.files = files
        self.archiveByteCount = archiveByteCount
    }

    /// For strangers' files on a server.
    package static let service = BulkLimits(rows: 20_000, files: 2_000, archiveByteCount: 512 << 20)
    /// For one's own.
    package static let own = BulkLimits(rows: 200_000, files: 10_000, archiveByteCount: 16 << 30)
}
