import Credential
import GRDB
import Store

extension SQLiteTransaction {
    func newestSealedVersions(
        of batch: BatchID, after certificate: CertificateKey?, limit: Int
    ) throws -> [SealedVersion] {
        try sealed(
            """
             WHERE seal.certificate > ? AND seal.certificate <= ? AND NOT EXISTS (
                SELECT 1 FROM seal AS newer
                WHERE newer.certificate = seal.certificate AND newer.version > seal.version)
            ORDER BY seal.certificate LIMIT ?
            """,
            [
                max(certificate?.rowID ?? 0, CertificateKey.first(of: batch).rowID - 1), CertificateKey.last(of: batch),
                limit,
            ])
    }

    func prints(of certificate: CertificateKey) throws -> [PrintRecord] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM document_print WHERE certificate = ? ORDER BY made_at, version, serial",
            arguments: [certificate]
        ).map { row in
            PrintRecord(
                key: VersionKey(certificate: row["certificate"], version: row["version"]), serial: row["serial"],
                digest: row.bytes("digest"),
                approval: Approval(actor: row["made_by"], reason: row["reason"], time: row["made_at"]))
        }
    }

    func save(_ prints: [PrintRecord]) throws {
        let statement = try RawStatement(
            db,
            """
            INSERT INTO document_print (certificate, version, serial, digest, made_by, reason, made_at)
            VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT DO NOTHING
            """)
        for print in prints {
            statement.bind(1, print.key.certificate)
            statement.bind(2, print.key.version)
            statement.bind(3, print.serial)
            statement.bind(4, print.digest)
            statement.bind(5, print.approval.actor)
            statement.bind(6, print.approval.reason)
            statement.bind(7, print.approval.time)
            try statement.run()
        }
    }
}
