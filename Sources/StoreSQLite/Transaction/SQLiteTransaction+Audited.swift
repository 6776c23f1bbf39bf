import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func forEachVersion(_ body: (VersionKey, [UInt8]) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT certificate, version, payload FROM version ORDER BY certificate, version")
        while let row = try rows.next() {
            try body(VersionKey(row: row), row.bytes("payload"))
        }
    }

    func forEachCertificate(_ body: (AuditedCertificate) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT version.certificate, number, person, occupation_code, level, private_box, kid, payload
                FROM version LEFT JOIN certificate ON id = version.certificate
                WHERE version.version = 1 ORDER BY version.certificate
                """)
        var count = 0
        while let row = try rows.next() {
            let key: CertificateKey = row[0]
            guard let level = (row[4] as Int?).flatMap(SkillLevel.init(rawValue:)) else {
                throw StoreError(.damaged, zh: "缺少一份证书，或其等级未知", en: "a certificate is missing, or has an unknown level")
            }
            count += 1
            try body(
                AuditedCertificate(
                    key: VersionKey(certificate: key, version: 1),
                    content: NewCertificate(
                        sheetRow: key.row, number: CertificateNumber(row[1]),
                        holding: Holding(person: row.bytes("person"), occupationCode: row[3], level: level),
                        privateBox: row.bytes("private_box"), payload: row.bytes("payload"),
                        keyID: row.bytes("kid"))))
        }
        guard try Int.fetchOne(db, sql: "SELECT count(*) FROM certificate") == count else {
            throw StoreError(.damaged, zh: "有一份证书没有第一个版本", en: "a certificate has no first version")
        }
    }

    func forEachSeal(_ body: (UnsignedVersion, [UInt8]) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT seal.certificate, seal.version, kid, payload, signature
                FROM seal LEFT JOIN version USING (certificate, version)
                """)
        while let row = try rows.next() {
            guard !row.hasNull(atIndex: 3) else {
                throw StoreError(.damaged, zh: "有一个签名没有版本", en: "a signature has no version")
            }
            try body(
                UnsignedVersion(
                    key: VersionKey(row: row), payload: row.bytes("payload"), keyID: row.bytes("kid")),
                row.bytes("signature"))
        }
    }

    func appliedCorrections() throws -> [Correction] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM correction JOIN seal USING (certificate, version) ORDER BY certificate, version"
        ).map { Correction(key: VersionKey(row: $0), row: $0) }
    }

    func members(of campaign: CampaignID) throws -> [VersionKey] {
        let rows = try Row.fetchCursor(
            db, sql: "SELECT certificate, version FROM campaign_member WHERE campaign = ? ORDER BY certificate",
            arguments: [campaign.value])
        var members: [VersionKey] = []
        while let row = try rows.next() { members.append(VersionKey(certificate: row[0], version: row[1])) }
        return members
    }

    func forEachReplacement(of campaign: CampaignID, _ body: (UnsignedVersion, Correction?) throws -> Void) throws {
        // A negative replacement was prepared and then passed over.
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT version.certificate, version.version, payload, kid, correction.*
                FROM campaign_member AS member
                JOIN version ON version.certificate = member.certificate AND version.version = abs(member.replacement)
                LEFT JOIN correction
                    ON correction.certificate = version.certificate AND correction.version = version.version
                WHERE member.campaign = ? ORDER BY member.certificate
                """,
            arguments: [campaign.value])
        while let row = try rows.next() {
            let version = UnsignedVersion(
                key: VersionKey(certificate: row[0], version: row[1]), payload: row.bytes("payload"),
                keyID: row.bytes("kid"))
            try body(version, row.hasNull(atIndex: 4) ? nil : Correction(key: version.key, row: row))
        }
    }

    func replacementCounts() throws -> (versions: Int, corrections: Int) {
        let versions = try Int.fetchOne(db, sql: "SELECT count(*) FROM version WHERE version > 1")
        let corrections = try Int.fetchOne(db, sql: "SELECT count(*) FROM correction")
        return (versions ?? 0, corrections ?? 0)
    }

    func statusActs() throws -> [NumberedStatusAct] {
        try Row.fetchAll(db, sql: "SELECT * FROM status_act ORDER BY id").map {
            NumberedStatusAct(number: $0["id"], act: try StatusAct(row: $0))
        }
    }

    func forEachStatusChange(_ body: (VersionKey, [UInt8], Int64) throws -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT change.certificate, change.version, change.act, payload FROM status_change AS change
                JOIN version ON version.certificate = change.certificate AND version.version = change.version
                ORDER BY change.certificate, change.version, change.act
                """)
        while let row = try rows.next() { try body(VersionKey(row: row), row.bytes("payload"), row["act"]) }
    }
}

extension VersionKey {
    fileprivate init(row: Row) { self.init(certificate: row["certificate"], version: row["version"]) }
}
