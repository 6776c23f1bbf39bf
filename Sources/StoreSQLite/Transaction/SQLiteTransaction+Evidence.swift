import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func evidence(_ id: EvidenceID) throws -> ApprovalEvidence? {
        try Row.fetchOne(db, sql: "SELECT * FROM approval_evidence WHERE id = ?", arguments: [id.value])
            .map(ApprovalEvidence.init(row:))
    }

    func evidence(ofSubject subject: String) throws -> [ApprovalEvidence] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM approval_evidence WHERE subject = ? ORDER BY id", arguments: [subject]
        ).map(ApprovalEvidence.init(row:))
    }

    func evidence(after id: EvidenceID?, limit: Int) throws -> [ApprovalEvidence] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM approval_evidence WHERE id > ? ORDER BY id LIMIT ?",
            arguments: [id?.value ?? 0, limit]
        ).map(ApprovalEvidence.init(row:))
    }

    func openEvidence(limit: Int) throws -> [ApprovalEvidence] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM approval_evidence
                WHERE NOT EXISTS (SELECT 1 FROM approval_outcome WHERE evidence = approval_evidence.id)
                ORDER BY id LIMIT ?
                """, arguments: [limit]
        ).map(ApprovalEvidence.init(row:))
    }

    func evidence(usedBefore id: EvidenceID, ofCredential credential: [UInt8]) throws -> ApprovalEvidence? {
        try Row.fetchOne(
            db,
            sql: """
                SELECT approval_evidence.* FROM approval_evidence JOIN approval_outcome ON evidence = id
                WHERE credential = ? AND id < ? AND refusal_zh IS NULL ORDER BY id DESC LIMIT 1
                """, arguments: [credential.data, id.value]
        ).map(ApprovalEvidence.init(row:))
    }

    func outcome(of evidence: EvidenceID) throws -> EvidenceOutcome? {
        try Row.fetchOne(db, sql: "SELECT * FROM approval_outcome WHERE evidence = ?", arguments: [evidence.value])
            .map { row in
                let zh: String? = row["refusal_zh"]
                let en: String? = row["refusal_en"]
                return EvidenceOutcome(
                    at: row["concluded_at"], refusal: zh.map { BilingualText(zh: $0, en: en ?? "") })
            }
    }

    func insert(_ signed: SignedStatement, at time: Int) throws -> ApprovalEvidence {
        try db.execute(
            sql: """
                INSERT INTO approval_evidence (
                    act, subject, subject_digest, statement, account, credential, authenticator_data, client_data,
                    signature, came_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                signed.act, signed.subject, signed.subjectDigest.data, signed.statement.data,
                signed.account.bytes.data, signed.credential.data, signed.authenticatorData.data,
                signed.clientDataJSON.data, signed.signature.data, time,
            ])
        return ApprovalEvidence(id: EvidenceID(db.lastInsertedRowID), signed: signed, at: time)
    }

    func conclude(_ evidence: EvidenceID, _ outcome: EvidenceOutcome) throws {
        try db.execute(
            sql: """
                INSERT INTO approval_outcome (evidence, concluded_at, refusal_zh, refusal_en) VALUES (?, ?, ?, ?)
                """, arguments: [evidence.value, outcome.at, outcome.refusal?.zh, outcome.refusal?.en])
    }
}

extension ApprovalEvidence {
    fileprivate init(row: Row) throws {
        self.init(
            id: EvidenceID(row["id"]),
            signed: SignedStatement(
                act: row["act"], subject: row["subject"], subjectDigest: row.bytes("subject_digest"),
                statement: row.bytes("statement"), account: try row.account("account"),
                credential: row.bytes("credential"), authenticatorData: row.bytes("authenticator_data"),
                clientDataJSON: row.bytes("client_data"), signature: row.bytes("signature")), at: row["came_at"])
    }
}
