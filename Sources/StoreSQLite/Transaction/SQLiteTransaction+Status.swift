import Credential
import Errors
import GRDB
import StatusList
import Store

extension SQLiteTransaction {
    func statusLists() throws -> [StatusListRecord] {
        try Row.fetchAll(db, sql: "SELECT * FROM status_list ORDER BY id").map(StatusListRecord.init(row:))
    }

    private static let entries = """
        SELECT entry.*, act.transition, act.reason, act.note, act.made_by, act.made_at
        FROM status_entry AS entry JOIN status_act AS act ON act.id = entry.act
        """

    func statusEntries(at places: [StatusPlace]) throws -> [StatusPlace: StatusEntry] {
        let statement = try db.cachedStatement(sql: Self.entries + " WHERE list = ? AND idx = ?")
        var entries: [StatusPlace: StatusEntry] = [:]
        for place in places {
            entries[place] =
                try Row.fetchOne(statement, arguments: [place.list, place.index]).map(StatusEntry.init(row:))
        }
        return entries
    }

    func statuses(at places: [StatusPlace]) throws -> [StatusPlace: CertificateStatus] {
        let statement = try RawStatement(db, "SELECT status FROM status_entry WHERE list = ? AND idx = ?")
        var statuses = [StatusPlace: CertificateStatus](minimumCapacity: places.count)
        for place in places {
            statement.bind(1, place.list)
            statement.bind(2, place.index)
            statuses[place] = try statement.firstInteger().map(Row.status) ?? .valid
        }
        return statuses
    }

    func statusEntry(certificateID: [UInt8], version: Int) throws -> StatusEntry? {
        let statement = try db.cachedStatement(sql: Self.entries + " WHERE certificate_id = ? AND version = ?")
        return try Row.fetchOne(statement, arguments: [certificateID.data, version]).map(StatusEntry.init(row:))
    }

    func forEachStatus(in list: Int, _ body: (Int, CertificateStatus) -> Void) throws {
        let rows = try Row.fetchCursor(
            db,
            sql: """
                SELECT idx, status FROM status_entry WHERE list = :list
                UNION ALL SELECT idx, status FROM status_kept WHERE list = :list
                """, arguments: ["list": list])
        while let row = try rows.next() { body(row[0], try row.status(1)) }
    }

    func keptStatuses() throws -> [KeptStatus] {
        try Row.fetchAll(db, sql: "SELECT list, idx, status FROM status_kept ORDER BY list, idx").map {
            KeptStatus(place: StatusPlace(list: $0[0], index: $0[1]), status: try $0.status(2))
        }
    }

    func keep(_ statuses: [KeptStatus]) throws {
        let statement = try RawStatement(
            db,
            """
            INSERT OR REPLACE INTO status_kept (list, idx, status)
            SELECT id, :idx, :status FROM status_list WHERE id = :list AND :idx BETWEEN 0 AND size - 1
                AND NOT EXISTS (SELECT 1 FROM status_entry WHERE list = :list AND idx = :idx)
            """)
        for kept in statuses {
            if kept.status == .valid {
                try db.execute(
                    sql: "DELETE FROM status_kept WHERE list = ? AND idx = ?",
                    arguments: [kept.place.list, kept.place.index])
                continue
            }
            statement.bind(1, kept.place.index)
            statement.bind(2, Int(kept.status.rawValue))
            statement.bind(3, kept.place.list)
            try statement.run()
            guard db.changesCount == 1 else {
                throw StoreError(
                    .conflict, zh: "要记录状态的位置已有证书，或不在任何列表中",
                    en: "a status was to be kept of a place that has a certificate, or is in no list")
            }
        }
        for list in Set(statuses.map(\.place.list)) {
            try db.execute(sql: "UPDATE status_list SET changes = changes + 1 WHERE id = ?", arguments: [list])
        }
    }

    func newestVersion(ofCertificate certificate: CertificateKey) throws -> SealedVersion? {
        try sealed(" WHERE seal.certificate = ? ORDER BY seal.version DESC LIMIT 1", [certificate]).first
    }

    func statusHistory(of key: VersionKey) throws -> [StatusAct] {
        try Row.fetchAll(
            db,
            sql: """
                SELECT act.* FROM status_change AS change JOIN status_act AS act ON act.id = change.act
                WHERE certificate = ? AND version = ? ORDER BY act.id
                """,
            arguments: [key.certificate, key.version]
        ).map(StatusAct.init(row:))
    }

    func insertStatusList(size: Int, permutationKey: [UInt8]) throws -> StatusListRecord {
        let id = try identity(
            of: "INSERT INTO status_list (size, permutation_key) VALUES (?, ?) RETURNING id",
            [size, permutationKey.data])
        return StatusListRecord(
            id: Int(id), size: size, permutationKey: permutationKey, next: 0, changes: 0,
            publishedChanges: nil, publishedAt: nil)
    }

    func takePlaces(_ count: Int, of list: Int) throws -> Range<Int> {
        let row = try Row.fetchOne(db, sql: "SELECT next, size FROM status_list WHERE id = ?", arguments: [list])
        guard let row else { throw StoreError(.conflict, zh: "没有状态列表 \(list)", en: "there is no status list \(list)") }
        let (first, size): (Int, Int) = (row["next"], row["size"])
        let end = min(first + count, size)
        try setNextStatusIndex(end, of: list)
        return first..<end
    }

    func setNextStatusIndex(_ next: Int, of list: Int) throws {
        try db.execute(
            sql: "UPDATE status_list SET next = :next WHERE id = :list AND next <= :next AND :next <= size",
            arguments: ["next": next, "list": list])
        guard db.changesCount == 1 else {
            throw StoreError(
                .conflict, zh: "状态列表 \(list) 的计数只能增加，且不能超过其大小",
                en: "the counter of status list \(list) only goes up, and not beyond its size")
        }
    }

    func claimPublication(of list: Int, at time: Int, after last: Int?) throws {
        guard time > last ?? -1 else {
            throw StoreError(
                .conflict, zh: "状态列表 \(list) 已在该时刻或更晚公布过",
                en: "status list \(list) was published at that instant or later already")
        }
        try db.execute(
            sql: "UPDATE status_list SET published_at = ? WHERE id = ? AND published_at IS ?",
            arguments: [time, list, last])
        guard db.changesCount == 1 else {
            throw StoreError(
                .conflict, zh: "状态列表 \(list) 其间已由他人公布；请重新公布",
                en: "status list \(list) was published by another meanwhile; publish it again")
        }
    }

    func markPublished(_ list: Int, changes: Int) throws {
        try db.execute(
            sql: """
                UPDATE status_list SET published_changes = max(coalesce(published_changes, 0), ?)
                WHERE id = ? AND published_at IS NOT NULL
                """,
            arguments: [changes, list])
        guard db.changesCount == 1 else {
            throw StoreError(
                .conflict, zh: "状态列表 \(list) 在取得时刻之前就被标为已公布",
                en: "status list \(list) was marked as published before an instant was taken")
        }
    }
}

extension StatusListRecord {
    fileprivate init(row: Row) {
        self.init(
            id: row["id"], size: row["size"], permutationKey: row.bytes("permutation_key"), next: row["next"],
            changes: row["changes"], publishedChanges: row["published_changes"], publishedAt: row["published_at"])
    }
}

extension StatusEntry {
    fileprivate init(row: Row) throws {
        self.init(
            key: VersionKey(certificate: row["certificate"], version: row["version"]),
            place: StatusPlace(list: row["list"], index: row["idx"]), certificateID: row.bytes("certificate_id"),
            status: try row.status("status"), act: try StatusAct(row: row))
    }
}

extension StatusAct {
    init(row: Row) throws {
        guard let transition = StatusTransition(rawValue: row["transition"]),
            let reason = StatusReason(rawValue: row["reason"])
        else {
            throw StoreError(
                .damaged, zh: "有一次状态操作的变更种类或原因未知", en: "an act on statuses has an unknown transition or reason")
        }
        self.init(
            transition: transition, reason: reason, note: row["note"], actor: row["made_by"], time: row["made_at"])
    }
}

extension Row {
    fileprivate func status(_ column: String) throws -> CertificateStatus { try Self.status(self[column]) }
    fileprivate func status(_ index: Int) throws -> CertificateStatus { try Self.status(self[index]) }

    fileprivate static func status(_ value: Int) throws -> CertificateStatus {
        guard let status = UInt8(exactly: value).flatMap(CertificateStatus.init(rawValue:)) else {
            throw StoreError(.damaged, zh: "有一个状态列表含有未知的状态", en: "a status list has an unknown status")
        }
        return status
    }
}
