import GRDB
import GRDBSQLite

/// A cached statement bound and stepped directly: three statements run for every certificate, and
/// GRDB's general argument handling would cost half as much again as SQLite itself.
///
/// Every value is bound anew before each run.
final class RawStatement {
    private let handle: OpaquePointer
    private let db: Database
    /// Where bound values stay until the statement has run: SQLite would copy each to memory of its own, under a lock.
    private lazy var values = UnsafeMutableRawBufferPointer.allocate(byteCount: 2048, alignment: 1)
    private var hasValues = false
    private var usedCount = 0
    /// Whether a text was bound that has a NUL in it: the next run fails.
    private var hasNUL = false

    init(_ db: Database, _ sql: String) throws {
        handle = try db.cachedStatement(sql: sql).sqliteStatement
        self.db = db
        sqlite3_reset(handle)
    }

    deinit {
        // The statement is cached, and must not be left with values that are gone.
        guard hasValues else { return }
        sqlite3_clear_bindings(handle)
        values.deallocate()
    }

    func bind(_ index: Int32, _ value: Int) { sqlite3_bind_int64(handle, index, Int64(value)) }
    func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }

    func bind(_ index: Int32, _ value: String) {
        var value = value
        value.withUTF8 { utf8 in
            hasNUL = hasNUL || utf8.contains(0)
            let (bytes, destructor) = kept(UnsafeRawBufferPointer(utf8))
            let characters = bytes.assumingMemoryBound(to: CChar.self)
            sqlite3_bind_text(handle, index, characters.baseAddress, Int32(characters.count), destructor)
        }
    }

    func bind(_ index: Int32, _ value: [UInt8]) {
        value.withUnsafeBytes {
            let (bytes, destructor) = kept($0)
            sqlite3_bind_blob(handle, index, bytes.baseAddress, Int32(bytes.count), destructor)
        }
    }

    /// The same bytes where they stay until the run; what finds no room there is for SQLite to copy at once.
    private func kept(_ bytes: UnsafeRawBufferPointer) -> (UnsafeRawBufferPointer, sqlite3_destructor_type?) {
        hasValues = true
        guard bytes.count <= values.count - usedCount else { return (bytes, Self.transient) }
        let place = UnsafeMutableRawBufferPointer(rebasing: values[usedCount..<(usedCount + bytes.count)])
        place.copyMemory(from: bytes)
        usedCount += bytes.count
        return (UnsafeRawBufferPointer(place), nil)
    }

    /// One run; then it is ready for the next binding.
    private func step() throws -> Int32 {
        try begin()
        defer { sqlite3_reset(handle) }
        return sqlite3_step(handle)
    }

    /// Before each run.
    private func begin() throws {
        usedCount = 0
        defer { hasNUL = false }
        if hasNUL { throw CheckedArguments.textWithNUL }
    }

    /// Runs to the end and makes ready for the next binding.
    ///
    /// - Returns: how many rows it inserted, changed or deleted.
    @discardableResult
    func run() throws -> Int {
        let result = try step()
        guard result == SQLITE_DONE else { throw failure(result) }
        return Int(sqlite3_changes(sqlite3_db_handle(handle)))
    }

    /// All rows, each as it is read.
    func rows<T>(_ read: (OpaquePointer) -> T) throws -> [T] {
        try begin()
        defer { sqlite3_reset(handle) }
        var rows: [T] = []
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: rows.append(read(handle))
            case SQLITE_DONE: return rows
            case let result: throw failure(result)
            }
        }
    }

    /// Whether there is a row at all.
    func hasRow() throws -> Bool {
        let result = try step()
        guard result == SQLITE_ROW || result == SQLITE_DONE else { throw failure(result) }
        return result == SQLITE_ROW
    }

    /// The first column of the first row; nil when there is none.
    func firstInteger() throws -> Int? {
        try begin()
        defer { sqlite3_reset(handle) }
        switch sqlite3_step(handle) {
        case SQLITE_ROW: return Int(sqlite3_column_int64(handle, 0))
        case SQLITE_DONE: return nil
        case let result: throw failure(result)
        }
    }

    private func failure(_ result: Int32) -> any Error {
        DatabaseError(resultCode: ResultCode(rawValue: result), message: db.lastErrorMessage)
    }

    // SQLite copies the bytes at once: its SQLITE_TRANSIENT is the pointer −1, which is compared and never called.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
