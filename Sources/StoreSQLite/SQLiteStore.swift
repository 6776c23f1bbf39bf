import Credential
import GRDB
import Glibc
import Store

/// A store in one SQLite file: WAL, and `synchronous=FULL` so that what was acknowledged survives a
/// power cut.
package final class SQLiteStore: Store {
    private let pool: DatabasePool
    private let numbers: NumberReader
    private let now: @Sendable () -> Int

    /// Opens or creates the file and brings its schema up to date.
    ///
    /// - Parameter now: seconds since 1970; the machine's clock, as all who use the file are on this machine.
    package init(path: String, now: @escaping @Sendable () -> Int = { time(nil) }) throws {
        self.now = now
        numbers = NumberReader(path: path)
        pool = try StoreError.translating {
            var configuration = Configuration()
            configuration.foreignKeysEnabled = true
            configuration.busyMode = .timeout(10)
            // Larger than SQLite's 4 KiB, for a seventh more certificates a second. Of effect on a new file only.
            configuration.prepareDatabase { db in try db.execute(sql: "PRAGMA page_size = 16384") }
            // Errors must not carry the arguments of a statement.
            configuration.publicStatementArguments = false
            Self.createPrivately(path)
            let pool = try DatabasePool(path: path, configuration: configuration)
            try pool.writeWithoutTransaction { db in
                // GRDB sets NORMAL when it turns WAL on, so this must come after.
                try db.execute(sql: "PRAGMA synchronous = FULL")
                // 64 MiB each: random index pages stay in memory, and a checkpoint gathers many writes.
                try db.execute(sql: "PRAGMA cache_size = -65536")
                try db.execute(sql: "PRAGMA wal_autocheckpoint = 4096")
            }
            try Schema.migrate(pool)
            return pool
        }
    }

    /// A new file is its owner's alone, as it has names and the order of places; SQLite gives its logs the same mode. One
    /// that is there is left as it is, and what keeps a file from being made is told by opening it.
    private static func createPrivately(_ path: String) {
        let descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, 0o600)
        if descriptor >= 0 { close(descriptor) }
    }

    package func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        do {
            return try await pool.read { [now] db in try body(SQLiteTransaction(db, now: now)) }
        } catch { throw StoreError.translated(error) }
    }

    package func write<T: Sendable>(_ body: @escaping @Sendable (any StoreWriting) throws -> T) async throws -> T {
        do {
            return try await pool.write { [now] db in try body(SQLiteTransaction(db, now: now)) }
        } catch { throw StoreError.translated(error) }
    }

    package nonisolated(nonsending) func newestSeal(
        number: CertificateNumber, withPrivateBox: Bool
    ) async throws -> StoredSeal? {
        try StoreError.translating { try numbers.newestSeal(number: number, withPrivateBox: withPrivateBox) }
    }

    /// Whether a newer version has brought the schema up to its date meanwhile.
    package func isNewer() async throws -> Bool {
        do { return try await pool.read(Schema.migrator.hasBeenSuperseded) } catch {
            throw StoreError.translated(error)
        }
    }

    /// A consistent copy in a new file, while others read and write.
    package func backup(to path: String) throws {
        try StoreError.translating {
            Self.createPrivately(path)
            let copy = try DatabaseQueue(path: path)
            try pool.backup(to: copy)
            try copy.writeWithoutTransaction { db in
                // A copy is one file, whole by itself.
                try db.execute(sql: "PRAGMA journal_mode = DELETE")
            }
            try copy.close()
        }
    }

    /// SQLite's own words for what a write waits for: 2 is FULL.
    package func synchronousLevel() async throws -> Int {
        try await pool.writeWithoutTransaction { db in try Int.fetchOne(db, sql: "PRAGMA synchronous") ?? -1 }
    }
}

/// One transaction on one connection, used only inside the closure it is given to.
struct SQLiteTransaction: StoreWriting {
    let db: Database
    /// Seconds since 1970.
    let now: @Sendable () -> Int

    init(_ db: Database, now: @escaping @Sendable () -> Int) { (self.db, self.now) = (db, now) }
}
