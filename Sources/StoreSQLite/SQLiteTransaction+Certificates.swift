import Credential
import Foundation
import GRDB
import Store

extension SQLiteTransaction {
    func isHeld(_ holding: Holding) throws -> Bool {
        let statement = try RawStatement(
            db, "SELECT 1 FROM certificate WHERE person = ? AND occupation_code = ? AND level = ?")
        statement.bind(1, holding.person)
        statement.bind(2, holding.occupationCode)
        statement.bind(3, holding.level.rawValue)
        return try statement.hasRow()
    }

    func insert(_ certificates: [NewCertificate], into batch: BatchID) throws -> [VersionKey] {
        let certificateInsert = try RawStatement(
            db,
            """
            INSERT INTO certificate (number, batch, sheet_row, person, occupation_code, level, private_box)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        let versionInsert = try RawStatement(
            db, "INSERT INTO version (certificate, version, kid, payload) VALUES (?, 1, ?, ?)")
        return try certificates.map { certificate in
            certificateInsert.bind(1, certificate.number.text)
            certificateInsert.bind(2, batch.value)
            certificateInsert.bind(3, certificate.sheetRow)
            certificateInsert.bind(4, certificate.holding.person)
            certificateInsert.bind(5, certificate.holding.occupationCode)
            certificateInsert.bind(6, certificate.holding.level.rawValue)
            certificateInsert.bind(7, certificate.privateBox)
            try certificateInsert.run()
            let key = VersionKey(certificate: db.lastInsertedRowID, version: 1)
            versionInsert.bind(1, key.certificate)
            versionInsert.bind(2, certificate.keyID)
            versionInsert.bind(3, certificate.payload)
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
                WHERE certificate.batch = ? AND seal.certificate IS NULL
                ORDER BY certificate.sheet_row LIMIT ?
                """,
            arguments: [batch.value, limit]
        ).map {
            UnsignedVersion(
                key: VersionKey(certificate: $0["certificate"], version: $0["version"]), payload: $0.bytes("payload"),
                keyID: $0.bytes("kid"))
        }
    }

    private static let sealedColumns = """
        SELECT seal.certificate, seal.version, batch, sheet_row, number, payload, kid, signature, private_box
        FROM seal
        JOIN certificate ON certificate.id = seal.certificate
        JOIN version ON version.certificate = seal.certificate AND version.version = seal.version
        """

    func sealedVersions(of batch: BatchID?, after key: VersionKey?, limit: Int) throws -> [SealedVersion] {
        try Row.fetchAll(
            db,
            sql: Self.sealedColumns + """

                WHERE (seal.certificate, seal.version) > (?, ?) AND (? IS NULL OR batch = ?)
                ORDER BY seal.certificate, seal.version LIMIT ?
                """,
            arguments: [key?.certificate ?? 0, key?.version ?? 0, batch?.value, batch?.value, limit]
        ).map(SealedVersion.init(row:))
    }

    func sealedVersions(number: CertificateNumber) throws -> [SealedVersion] {
        try Row.fetchAll(
            db, sql: Self.sealedColumns + " WHERE number = ? ORDER BY seal.version DESC", arguments: [number.text]
        ).map(SealedVersion.init(row:))
    }
}

extension SealedVersion {
    fileprivate init(row: Row) {
        self.init(
            key: VersionKey(certificate: row["certificate"], version: row["version"]), batch: BatchID(row["batch"]),
            sheetRow: row["sheet_row"], number: CertificateNumber(row["number"]), payload: row.bytes("payload"),
            keyID: row.bytes("kid"), signature: row.bytes("signature"), privateBox: row.bytes("private_box"))
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
