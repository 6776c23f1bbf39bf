import Credential
import Errors
import Foundation
import GRDB
import Store

extension SQLiteTransaction {
    func held(_ holdings: [Holding]) throws -> Set<Int> {
        let statement = try RawStatement(
            db, "SELECT 1 FROM certificate WHERE person = ? AND occupation_code = ? AND level = ?")
        var found: Set<Int> = []
        for (position, holding) in holdings.enumerated() {
            statement.bind(1, holding.person)
            statement.bind(2, holding.occupationCode)
            statement.bind(3, holding.level.rawValue)
            if try statement.hasRow() { found.insert(position) }
        }
        return found
    }

    func insert(_ certificates: [NewCertificate], into batch: BatchID) throws -> [VersionKey] {
        guard try Row.fetchOne(db, sql: "SELECT 1 FROM batch WHERE id = ?", arguments: [batch.value]) != nil else {
            throw Self.noSuchBatch
        }
        let certificateInsert = try RawStatement(
            db,
            """
            INSERT INTO certificate (id, number, person, occupation_code, level, private_box)
            VALUES (?, ?, ?, ?, ?, ?)
            """)
        let versionInsert = try RawStatement(
            db, "INSERT INTO version (certificate, version, kid, payload) VALUES (?, 1, ?, ?)")
        let rows = certificates.span
        return try certificates.indices.map { index in
            let id = CertificateKey(batch: batch, row: rows[index].sheetRow)
            guard id.isStorable else {
                throw StoreError(
                    .failed, zh: "行 \(id.row) 超出一个批次的容量", en: "row \(id.row) is beyond what a batch can hold")
            }
            certificateInsert.bind(1, id)
            certificateInsert.bind(2, rows[index].number.text)
            certificateInsert.bind(3, rows[index].holding.person)
            certificateInsert.bind(4, rows[index].holding.occupationCode)
            certificateInsert.bind(5, rows[index].holding.level.rawValue)
            certificateInsert.bind(6, rows[index].privateBox)
            try certificateInsert.run()
            let key = VersionKey(certificate: id, version: 1)
            versionInsert.bind(1, key.certificate)
            versionInsert.bind(2, rows[index].keyID)
            versionInsert.bind(3, rows[index].payload)
            try versionInsert.run()
            return key
        }
    }

    func insert(_ signatures: [VersionSignature]) throws {
        let statement = try RawStatement(db, "INSERT INTO seal (certificate, version, signature) VALUES (?, ?, ?)")
        for signature in signatures {
            statement.bind(1, signature.key.certificate)
            statement.bind(2, signature.key.version)
            statement.bind(3, signature.signature)
            try statement.run()
        }
    }

    func unsignedVersions(of batch: BatchID, limit: Int) throws -> [UnsignedVersion] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT version.certificate, version.version, kid, payload FROM certificate
                JOIN version ON version.certificate = certificate.id
                LEFT JOIN seal ON seal.certificate = version.certificate AND seal.version = version.version
                WHERE certificate.id BETWEEN ? AND ? AND seal.certificate IS NULL
                ORDER BY certificate.id LIMIT ?
                """,
            arguments: [CertificateKey.first(of: batch), CertificateKey.last(of: batch), limit]
        ).map {
            UnsignedVersion(
                key: VersionKey(certificate: $0["certificate"], version: $0["version"]), payload: $0.bytes("payload"),
                keyID: $0.bytes("kid"))
        }
    }
}

extension SQLiteTransaction {
    /// Of the row that an insertion makes: what it returns.
    func identity(of insertion: String, _ arguments: [(any DatabaseValueConvertible)?]) throws -> Int64 {
        guard let id = try Int64.fetchOne(db, sql: insertion, arguments: arguments) else {
            throw StoreError(.failed, zh: "数据库没有给新的一行编号", en: "the database gave a new row no number")
        }
        return id
    }
}

extension Row {
    func bytes(_ column: String) -> [UInt8] {
        let data: Data = self[column]
        return [UInt8](data)
    }
}

extension [UInt8] {
    var data: Data { Data(self) }
}
