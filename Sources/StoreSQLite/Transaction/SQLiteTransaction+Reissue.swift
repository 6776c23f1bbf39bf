import Credential
import Errors
import Foundation
import GRDB
import GRDBSQLite
import StatusList
import Store

extension SQLiteTransaction {
    func campaigns() throws -> [Campaign] {
        try Row.fetchAll(db, sql: "SELECT * FROM campaign ORDER BY id").map(Campaign.init(row:))
    }

    func campaign(named name: String) throws -> Campaign? {
        try Row.fetchOne(db, sql: "SELECT * FROM campaign WHERE name = ?", arguments: [name]).map(Campaign.init(row:))
    }

    func progress(of campaign: CampaignID) throws -> CampaignProgress {
        let row = try Row.fetchOne(
            db,
            sql: """
                SELECT count(*) AS total, count(replacement) FILTER (WHERE replacement > 0) AS prepared,
                    count(seal.version) AS sealed, count(replacement) FILTER (WHERE replacement <= 0) AS passed_over
                FROM campaign_member AS member
                LEFT JOIN seal ON seal.certificate = member.certificate AND seal.version = member.replacement
                WHERE campaign = ?
                """,
            arguments: [campaign.value])
        guard let row else {
            throw StoreError(.failed, zh: "数据库没有给补换批次编号", en: "the database did not count a campaign")
        }
        return CampaignProgress(
            total: row["total"], prepared: row["prepared"], sealed: row["sealed"], passedOver: row["passed_over"])
    }

    func waitingVersions(of campaign: CampaignID, after certificate: CertificateKey?, limit: Int) throws
        -> [VersionPayload]
    {
        let statement = try RawStatement(
            db,
            """
            SELECT member.certificate, member.version, payload FROM campaign_member AS member
            JOIN version ON version.certificate = member.certificate AND version.version = member.version
            WHERE member.campaign = ? AND member.certificate > ? AND member.replacement IS NULL
            ORDER BY member.certificate LIMIT ?
            """)
        statement.bind(1, campaign.value)
        statement.bind(2, certificate?.rowID ?? 0)
        statement.bind(3, limit)
        return try statement.rows { row in
            VersionPayload(
                key: VersionKey(
                    certificate: CertificateKey(rowID: sqlite3_column_int64(row, 0)),
                    version: Int(sqlite3_column_int64(row, 1))),
                payload: [UInt8](SQLiteTransaction.buffer(row, 2)))
        }
    }

    func unsignedReplacements(of campaign: CampaignID, limit: Int) throws -> [UnsignedVersion] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT version.certificate, version.version, kid, payload FROM campaign_member AS member
                JOIN version ON version.certificate = member.certificate AND version.version = member.replacement
                LEFT JOIN seal ON seal.certificate = version.certificate AND seal.version = version.version
                WHERE member.campaign = ? AND seal.certificate IS NULL ORDER BY member.certificate LIMIT ?
                """,
            arguments: [campaign.value, limit]
        ).map {
            UnsignedVersion(
                key: VersionKey(certificate: $0["certificate"], version: $0["version"]), payload: $0.bytes("payload"),
                keyID: $0.bytes("kid"))
        }
    }

    func insertCampaign(
        name: String, digest: [UInt8], cause: StatusReason, changeBox: [UInt8], approval: Approval,
        replacing versions: [VersionKey]
    ) throws -> Campaign {
        let id = try identity(
            of: """
                INSERT INTO campaign (name, digest, cause, change_box, approved_by, approval_reason, approved_at)
                VALUES (?, ?, ?, ?, ?, ?, ?) RETURNING id
                """,
            [name, digest.data, cause.rawValue, changeBox.data, approval.actor, approval.reason, approval.time])
        let statement = try RawStatement(
            db, "INSERT INTO campaign_member (campaign, certificate, version) VALUES (?, ?, ?)")
        for version in versions {
            statement.bind(1, id)
            statement.bind(2, version.certificate)
            statement.bind(3, version.version)
            try statement.run()
        }
        return Campaign(
            id: CampaignID(id), name: name, digest: digest, cause: cause, changeBox: changeBox, approval: approval,
            pausedAt: nil, completedAt: nil)
    }

    func insert(_ replacements: [UnsignedVersion], of campaign: CampaignID) throws {
        let insertion = try RawStatement(
            db, "INSERT INTO version (certificate, version, kid, payload) VALUES (?, ?, ?, ?)")
        let update = try RawStatement(
            db,
            """
            UPDATE campaign_member SET replacement = ?
            WHERE campaign = ? AND certificate = ? AND replacement IS NULL AND version = ?
            """)
        for replacement in replacements {
            insertion.bind(1, replacement.key.certificate)
            insertion.bind(2, replacement.key.version)
            insertion.bind(3, replacement.keyID)
            insertion.bind(4, replacement.payload)
            try insertion.run()
            update.bind(1, replacement.key.version)
            update.bind(2, campaign.value)
            update.bind(3, replacement.key.certificate)
            update.bind(4, replacement.key.version - 1)
            try update.run()
            guard db.changesCount == 1 else {
                throw StoreError(
                    .conflict, zh: "补换批次中的一份证书已由另一个进程准备好",
                    en: "a certificate of the campaign was prepared by another worker")
            }
        }
    }

    func passOver(_ certificates: [CertificateKey], in campaign: CampaignID) throws {
        let statement = try RawStatement(
            db,
            """
            UPDATE campaign_member SET replacement = -abs(coalesce(replacement, 0)) WHERE campaign = ? AND certificate = ?
            """)
        for certificate in certificates {
            statement.bind(1, campaign.value)
            statement.bind(2, certificate)
            try statement.run()
        }
    }

    func setPaused(_ campaign: CampaignID, at time: Int?) throws {
        try db.execute(sql: "UPDATE campaign SET paused_at = ? WHERE id = ?", arguments: [time, campaign.value])
    }

    func complete(_ campaign: CampaignID, at time: Int) throws {
        let progress = try progress(of: campaign)
        guard progress.sealed + progress.passedOver == progress.total else {
            throw StoreError(
                .conflict, zh: "补换批次在全部签名之前不能结束；请重新运行",
                en: "a campaign was to be closed before all of it was signed; run it again")
        }
        try db.execute(
            sql: "UPDATE campaign SET completed_at = coalesce(completed_at, ?) WHERE id = ?",
            arguments: [time, campaign.value])
    }

    func corrections(of certificate: CertificateKey) throws -> [Correction] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM correction WHERE certificate = ? ORDER BY version", arguments: [certificate]
        ).map { Correction(key: VersionKey(certificate: $0["certificate"], version: $0["version"]), row: $0) }
    }

    func save(_ correction: Correction) throws {
        try db.execute(
            sql: """
                INSERT INTO correction
                (certificate, version, history_box, person, private_box, record_before, made_by, reason, made_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)
                """,
            arguments: [
                correction.key.certificate, correction.key.version, correction.historyBox.data,
                correction.person?.data, correction.privateBox?.data, correction.recordBefore?.data,
                correction.approval.actor,
                correction.approval.reason, correction.approval.time,
            ])
    }

    func applyCorrections(of keys: [VersionKey]) throws {
        let statement = try RawStatement(
            db,
            """
            UPDATE certificate SET person = coalesce(correction.person, certificate.person),
                private_box = coalesce(correction.private_box, certificate.private_box)
            FROM correction WHERE correction.certificate = certificate.id AND certificate.id = ?
                AND correction.version = ?
            """)
        for key in keys {
            statement.bind(1, key.certificate)
            statement.bind(2, key.version)
            try statement.run()
        }
    }
}

extension Correction {
    init(key: VersionKey, row: Row) {
        let (person, box, before): (Data?, Data?, Data?) = (row["person"], row["private_box"], row["record_before"])
        self.init(
            key: key, historyBox: row.bytes("history_box"), person: person.map(Array.init),
            privateBox: box.map(Array.init), recordBefore: before.map(Array.init),
            approval: Approval(actor: row["made_by"], reason: row["reason"], time: row["made_at"]))
    }
}

extension Campaign {
    fileprivate init(row: Row) throws {
        guard let cause = StatusReason(rawValue: row["cause"]) else {
            throw StoreError(.damaged, zh: "有一个补换批次的原因未知", en: "a campaign has an unknown cause")
        }
        self.init(
            id: CampaignID(row["id"]), name: row["name"], digest: row.bytes("digest"), cause: cause,
            changeBox: row.bytes("change_box"),
            approval: Approval(actor: row["approved_by"], reason: row["approval_reason"], time: row["approved_at"]),
            pausedAt: row["paused_at"], completedAt: row["completed_at"])
    }
}
