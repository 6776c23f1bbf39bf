import Credential
import Encodings
import Errors
import FoundationEssentials
import GRDB
import Store

extension SQLiteTransaction {
    func hasCertificates() throws -> Bool {
        try Row.fetchOne(db, sql: "SELECT 1 FROM certificate LIMIT 1") != nil
    }

    func certificates(heldAs holdings: [Holding]) throws -> [Holding: HeldCertificate] {
        let statement = try db.cachedStatement(
            sql: """
                SELECT certificate.*, payload FROM certificate
                JOIN version ON version.certificate = certificate.id
                WHERE person = ? AND occupation_code = ? AND level = ? ORDER BY version.version DESC LIMIT 1
                """)
        var certificates: [Holding: HeldCertificate] = [:]
        for holding in holdings {
            certificates[holding] = try Row.fetchOne(
                statement, arguments: [holding.person.data, holding.occupationCode, holding.level.rawValue]
            ).map(HeldCertificate.init(row:))
        }
        return certificates
    }

    func certificates(of institution: InstitutionID, after key: CertificateKey?, limit: Int) throws -> [HeldCertificate]
    {
        try Row.fetchAll(
            db,
            sql: """
                SELECT certificate.*, payload FROM certificate
                JOIN version ON version.certificate = certificate.id AND version.version = (
                    SELECT max(version) FROM version WHERE certificate = certificate.id)
                JOIN batch ON batch.id = certificate.id >> 32
                WHERE certificate.id > ? AND batch.institution = ? ORDER BY certificate.id LIMIT ?
                """,
            arguments: [key?.rowID ?? 0, institution.text, limit]
        ).map(HeldCertificate.init(row:))
    }

    func attempts(of holdings: [Holding]) throws -> [Holding: [AttemptRecord]] {
        let statement = try db.cachedStatement(
            sql: "SELECT * FROM attempt WHERE person = ? AND occupation_code = ? AND level = ? ORDER BY exam_day")
        var attempts: [Holding: [AttemptRecord]] = [:]
        for holding in holdings {
            let arguments = try CheckedArguments.of([
                holding.person.data, holding.occupationCode, holding.level.rawValue,
            ])
            let found = try Row.fetchAll(statement, arguments: arguments).map(AttemptRecord.init(row:))
            if !found.isEmpty { attempts[holding] = found }
        }
        return attempts
    }

    func attempts(of institution: InstitutionID, after key: AttemptKey?, limit: Int) throws -> [AttemptRecord] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT * FROM attempt WHERE institution = ? AND (person, occupation_code, level, exam_day) > (?, ?, ?, ?)
                ORDER BY person, occupation_code, level, exam_day LIMIT ?
                """,
            arguments: [
                institution.text, (key?.holding.person ?? []).data, key?.holding.occupationCode ?? "",
                key?.holding.level.rawValue ?? 0, key?.examDate.daysSinceEpoch ?? 0, limit,
            ]
        ).map(AttemptRecord.init(row:))
    }

    func settlements() throws -> [Settlement] {
        try Row.fetchAll(db, sql: "SELECT * FROM settlement ORDER BY settled_at, row_key, rule").map { row in
            Settlement(
                rowKey: row.bytes("row_key"), rule: row["rule"],
                approval: Approval(actor: row["settled_by"], reason: row["reason"], time: row["settled_at"]))
        }
    }

    func save(_ attempts: [AttemptRecord], of institution: InstitutionID) throws {
        // Two statements: of one that inserts or updates SQLite first copies every page it changes to a temporary file.
        let insertion = try RawStatement(
            db,
            """
            INSERT INTO attempt (person, occupation_code, level, exam_day, institution, outcome, private_box)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7) ON CONFLICT DO NOTHING
            """)
        let update = try RawStatement(
            db,
            """
            UPDATE attempt SET institution = ?5, outcome = ?6, private_box = ?7
            WHERE person = ?1 AND occupation_code = ?2 AND level = ?3 AND exam_day = ?4
            """)
        for attempt in attempts {
            insertion.bind(attempt, of: institution)
            guard try insertion.run() == 0 else { continue }
            update.bind(attempt, of: institution)
            try update.run()
        }
    }

    func save(_ settlement: Settlement) throws {
        try db.execute(
            sql: "INSERT INTO settlement (row_key, rule, settled_by, reason, settled_at) VALUES (?, ?, ?, ?, ?)",
            arguments: [
                settlement.rowKey.data, settlement.rule, settlement.approval.actor, settlement.approval.reason,
                settlement.approval.time,
            ])
    }
}

// MARK: - Registry

extension SQLiteTransaction {
    func registryVersions() throws -> [RegistryVersion] {
        try Row.fetchAll(db, sql: "SELECT * FROM registry_version ORDER BY number").map { row in
            RegistryVersion(
                number: row["number"],
                approval: Approval(actor: row["made_by"], reason: row["reason"], time: row["made_at"]))
        }
    }

    func registryEntries(_ kind: String, version: Int?) throws -> [RegistryEntry] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT key, cells FROM registry_entry AS entry
                WHERE kind = :kind AND version = (
                    SELECT max(version) FROM registry_entry
                    WHERE kind = :kind AND key = entry.key AND version <= :version)
                ORDER BY key
                """,
            arguments: ["kind": kind, "version": version ?? Int.max]
        ).map { row in
            let json: String = row["cells"]
            return RegistryEntry(
                kind: kind, key: row["key"],
                cells: try JSONDecoder().decode([String: String].self, from: Data(json.utf8)))
        }
    }

    func save(_ entries: [RegistryEntry], approval: Approval) throws -> RegistryVersion {
        let number = try identity(
            of: "INSERT INTO registry_version (made_by, reason, made_at) VALUES (?, ?, ?) RETURNING number",
            [approval.actor, approval.reason, approval.time])
        let version = RegistryVersion(number: Int(number), approval: approval)
        for entry in entries {
            try db.execute(
                sql: "INSERT INTO registry_entry (kind, key, version, cells) VALUES (?, ?, ?, ?)",
                arguments: [
                    entry.kind, entry.key, version.number,
                    String(decoding: try StableJSON.encode(entry.cells), as: UTF8.self),
                ])
        }
        return version
    }
}

extension HeldCertificate {
    fileprivate init(row: Row) throws {
        guard let level = SkillLevel(rawValue: row["level"]) else {
            throw StoreError(.damaged, zh: "有一份证书的等级未知", en: "a certificate has an unknown level")
        }
        self.init(
            key: row["id"],
            holding: Holding(person: row.bytes("person"), occupationCode: row["occupation_code"], level: level),
            number: CertificateNumber(row["number"]),
            payload: row.bytes("payload"), privateBox: row.bytes("private_box"))
    }
}

extension AttemptRecord {
    fileprivate init(row: Row) throws {
        guard let level = SkillLevel(rawValue: row["level"]) else {
            throw StoreError(.damaged, zh: "有一条考试记录的等级未知", en: "an attempt has an unknown level")
        }
        self.init(
            holding: Holding(person: row.bytes("person"), occupationCode: row["occupation_code"], level: level),
            examDate: CalendarDate(daysSinceEpoch: row["exam_day"]), outcome: row["outcome"],
            privateBox: row.bytes("private_box"))
    }
}

extension RawStatement {
    fileprivate func bind(_ attempt: AttemptRecord, of institution: InstitutionID) {
        bind(1, attempt.holding.person)
        bind(2, attempt.holding.occupationCode)
        bind(3, attempt.holding.level.rawValue)
        bind(4, attempt.examDate.daysSinceEpoch)
        bind(5, institution.text)
        bind(6, attempt.outcome)
        bind(7, attempt.privateBox)
    }
}
