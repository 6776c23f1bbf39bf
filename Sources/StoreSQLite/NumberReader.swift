import Credential
import GRDB
import GRDBSQLite
import Store
import Synchronization

/// Answers the one question that strangers ask all day, on connections and on the callers' threads: a reader never
/// waits for a writer in WAL mode, and the query is several times shorter than the way through a pool's queues.
final class NumberReader: Sendable {
    private let path: String
    private let idle = Mutex<[NumberQuery]>([])

    init(path: String) { self.path = path }

    func newestSealedVersion(number: CertificateNumber) throws -> SealedVersion? {
        let query = try idle.withLock { $0.popLast() } ?? NumberQuery(path: path)
        let version = try query.run(number)
        idle.withLock { $0.append(query) }
        return version
    }
}

/// One read-only connection and its one statement.
// @unchecked Sendable: whoever has taken it from the idle ones is the only one to use it.
private final class NumberQuery: @unchecked Sendable {
    private let connection: OpaquePointer
    private let statement: OpaquePointer

    init(path: String) throws {
        var (connection, statement): (OpaquePointer?, OpaquePointer?)
        var result = sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        if result == SQLITE_OK {
            sqlite3_busy_timeout(connection, 10_000)
            // 16 MiB: the upper pages of the indexes stay in memory.
            sqlite3_exec(connection, "PRAGMA cache_size = -16384", nil, nil, nil)
            result = sqlite3_prepare_v3(
                connection, SQLiteTransaction.newestSealed, -1, UInt32(SQLITE_PREPARE_PERSISTENT), &statement, nil)
        }
        guard let connection, let statement else {
            defer { sqlite3_close_v2(connection) }
            throw Self.failure(result, connection)
        }
        (self.connection, self.statement) = (connection, statement)
    }

    deinit {
        sqlite3_finalize(statement)
        sqlite3_close_v2(connection)
    }

    func run(_ number: CertificateNumber) throws -> SealedVersion? {
        // Also ends the read, which would otherwise keep the log from being written back.
        defer { sqlite3_reset(statement) }
        var text = number.text
        let result = text.withUTF8 { utf8 in
            utf8.withMemoryRebound(to: CChar.self) { characters in
                _ = sqlite3_bind_text(statement, 1, characters.baseAddress, Int32(characters.count), nil)
                return sqlite3_step(statement)
            }
        }
        switch result {
        case SQLITE_ROW: return SealedVersion(row: statement)
        case SQLITE_DONE: return nil
        default: throw Self.failure(result, connection)
        }
    }

    private static func failure(_ result: Int32, _ connection: OpaquePointer?) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: result), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}
