import Credential
import GRDB
import GRDBSQLite
import Store

extension SQLiteTransaction {
    private static let sealedColumns = """
        SELECT seal.certificate, seal.version, number, payload, kid, signature, private_box
        FROM seal
        JOIN certificate ON certificate.id = seal.certificate
        JOIN version ON version.certificate = seal.certificate AND version.version = seal.version
        """

    /// The bytes of a column, until the statement's next step.
    static func buffer(_ row: OpaquePointer, _ column: Int32) -> UnsafeRawBufferPointer {
        let start = sqlite3_column_blob(row, column)
        return UnsafeRawBufferPointer(start: start, count: Int(sqlite3_column_bytes(row, column)))
    }

    /// Rows are read from SQLite directly: campaigns read each certificate several times, and GRDB's rows would cost
    /// twice as much as SQLite itself.
    ///
    /// - Parameter rest: what follows the columns and tables.
    func sealed(_ rest: String, _ arguments: StatementArguments) throws -> [SealedVersion] {
        let statement = try db.cachedStatement(sql: Self.sealedColumns + rest)
        try statement.setArguments(arguments)
        let handle = statement.sqliteStatement
        sqlite3_reset(handle)
        defer { sqlite3_reset(handle) }
        var versions: [SealedVersion] = []
        while true {
            switch sqlite3_step(handle) {
            case SQLITE_ROW: versions.append(SealedVersion(row: handle))
            case SQLITE_DONE: return versions
            case let result:
                throw DatabaseError(resultCode: ResultCode(rawValue: result), message: db.lastErrorMessage)
            }
        }
    }

    func sealedVersions(of batch: BatchID?, after key: VersionKey?, limit: Int) throws -> [SealedVersion] {
        let first = batch.map(CertificateKey.first) ?? .first(of: BatchID(0))
        let last = batch.map { CertificateKey.last(of: $0).rowID } ?? .max
        // A place in an earlier batch is the beginning of this one.
        let start = key.flatMap { $0.certificate < first ? nil : $0 } ?? VersionKey(certificate: first, version: 0)
        return try sealed(
            """
             WHERE (seal.certificate, seal.version) > (?, ?) AND seal.certificate <= ?
            ORDER BY seal.certificate, seal.version LIMIT ?
            """, [start.certificate, start.version, last, limit])
    }

    func sealedVersions(number: CertificateNumber) throws -> [SealedVersion] {
        try sealed(" WHERE number = ? ORDER BY seal.version DESC", [number.text])
    }

    func sealedVersions(_ keys: [VersionKey]) throws -> [VersionKey: SealedVersion] {
        var versions: [VersionKey: SealedVersion] = [:]
        for key in keys {
            versions[key] =
                try sealed(" WHERE seal.certificate = ? AND seal.version = ?", [key.certificate, key.version]).first
        }
        return versions
    }

    func newestVersions(numbered numbers: [CertificateNumber]) throws -> [CertificateNumber: SealedVersion] {
        var versions: [CertificateNumber: SealedVersion] = [:]
        for number in numbers {
            versions[number] =
                try sealed(" WHERE number = ? ORDER BY seal.version DESC LIMIT 1", [number.text]).first
        }
        return versions
    }
}

extension SealedVersion {
    /// From the columns of `sealedColumns`.
    init(row: OpaquePointer) {
        func bytes(_ column: Int32) -> [UInt8] { [UInt8](SQLiteTransaction.buffer(row, column)) }
        self.init(
            key: VersionKey(
                certificate: CertificateKey(rowID: sqlite3_column_int64(row, 0)),
                version: Int(sqlite3_column_int64(row, 1))),
            number: CertificateNumber(String(decoding: SQLiteTransaction.buffer(row, 2), as: UTF8.self)),
            payload: bytes(3), keyID: bytes(4), signature: bytes(5), privateBox: bytes(6))
    }
}
