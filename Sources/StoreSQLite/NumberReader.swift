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

    func newestSeal(number: CertificateNumber, withPrivateBox: Bool) throws -> StoredSeal? {
        let query = try idle.withLock { $0.popLast() } ?? NumberQuery(path: path)
        let seal = try query.run(number, withPrivateBox: withPrivateBox)
        idle.withLock { $0.append(query) }
        return seal
    }
}

/// One read-only connection and its two statements.
// @unchecked Sendable: whoever has taken it from the idle ones is the only one to use it.
private final class NumberQuery: @unchecked Sendable {
    private let connection: OpaquePointer
    private let seal: OpaquePointer
    private let sealAndBox: OpaquePointer

    /// The index of numbers has the certificate's row number: only who wants its private box goes to its row.
    private static func sql(_ more: String, _ join: String = "") -> String {
        """
        SELECT payload, kid, signature\(more) FROM seal
        JOIN version ON version.certificate = seal.certificate AND version.version = seal.version \(join)
        WHERE seal.certificate = (SELECT id FROM certificate WHERE number = ?)
        ORDER BY seal.version DESC LIMIT 1
        """
    }

    init(path: String) throws {
        var (connection, seal, sealAndBox): (OpaquePointer?, OpaquePointer?, OpaquePointer?)
        var result = sqlite3_open_v2(path, &connection, SQLITE_OPEN_READONLY | SQLITE_OPEN_NOMUTEX, nil)
        if result == SQLITE_OK {
            sqlite3_busy_timeout(connection, 10_000)
            // 16 MiB: the upper pages of the indexes stay in memory.
            sqlite3_exec(connection, "PRAGMA cache_size = -16384", nil, nil, nil)
            let flags = UInt32(SQLITE_PREPARE_PERSISTENT)
            result = sqlite3_prepare_v3(connection, Self.sql(""), -1, flags, &seal, nil)
            if result == SQLITE_OK {
                let join = "JOIN certificate ON certificate.id = seal.certificate"
                result = sqlite3_prepare_v3(connection, Self.sql(", private_box", join), -1, flags, &sealAndBox, nil)
            }
        }
        guard let connection, let seal, let sealAndBox else {
            defer { sqlite3_close_v2(connection) }
            throw Self.failure(result, connection)
        }
        (self.connection, self.seal, self.sealAndBox) = (connection, seal, sealAndBox)
    }

    deinit {
        sqlite3_finalize(seal)
        sqlite3_finalize(sealAndBox)
        sqlite3_close_v2(connection)
    }

    func run(_ number: CertificateNumber, withPrivateBox: Bool) throws -> StoredSeal? {
        let statement = withPrivateBox ? sealAndBox : seal
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
        case SQLITE_ROW:
            func bytes(_ column: Int32) -> [UInt8] { [UInt8](SQLiteTransaction.buffer(statement, column)) }
            return StoredSeal(
                payload: bytes(0), keyID: bytes(1), signature: bytes(2), privateBox: withPrivateBox ? bytes(3) : nil)
        case SQLITE_DONE: return nil
        default: throw Self.failure(result, connection)
        }
    }

    private static func failure(_ result: Int32, _ connection: OpaquePointer?) -> DatabaseError {
        DatabaseError(
            resultCode: ResultCode(rawValue: result), message: sqlite3_errmsg(connection).map { String(cString: $0) })
    }
}
