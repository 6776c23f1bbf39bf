import GRDB
import GRDBSQLite
import Store

/// A cached statement bound and stepped directly: three statements run for every certificate, and
/// GRDB's general argument handling would cost half as much again as SQLite itself.
struct RawStatement {
    private let handle: OpaquePointer
    private let db: Database

    init(_ db: Database, _ sql: String) throws {
        handle = try db.cachedStatement(sql: sql).sqliteStatement
        self.db = db
        sqlite3_reset(handle)
    }

    func bind(_ index: Int32, _ value: Int) { sqlite3_bind_int64(handle, index, Int64(value)) }
    func bind(_ index: Int32, _ value: Int64) { sqlite3_bind_int64(handle, index, value) }

    func bind(_ index: Int32, _ value: String) {
        var value = value
        // A destructor of −1 (SQLITE_TRANSIENT) makes SQLite copy the bytes at once.
        value.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) {
                _ = sqlite3_bind_text(handle, index, $0.baseAddress, Int32($0.count), Self.transient)
            }
        }
    }

    func bind(_ index: Int32, _ value: [UInt8]) {
        _ = value.withUnsafeBytes {
            sqlite3_bind_blob(handle, index, $0.baseAddress, Int32($0.count), Self.transient)
        }
    }

    /// Runs to the end and makes ready for the next binding.
    func run() throws {
        let result = sqlite3_step(handle)
        sqlite3_reset(handle)
        guard result == SQLITE_DONE else { throw failure(result) }
    }

    /// Whether there is a row at all.
    func hasRow() throws -> Bool {
        let result = sqlite3_step(handle)
        sqlite3_reset(handle)
        guard result == SQLITE_ROW || result == SQLITE_DONE else { throw failure(result) }
        return result == SQLITE_ROW
    }

    /// The first column of the first row; nil when there is none.
    func firstInteger() throws -> Int? {
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

    // SQLite's own definition of SQLITE_TRANSIENT: the pointer −1, which is compared and never called.
    private static let transient = unsafeBitCast(-1, to: sqlite3_destructor_type.self)
}
