import AuditLog
import Credential
import Errors
import GRDB
import Signing
import StatusList
import Store

extension SQLiteTransaction {
    func record(_ act: StatusAct, _ changes: [StatusChange]) throws {
        guard !changes.isEmpty else { return }
        let id = try identity(
            of: """
                INSERT INTO status_act (transition, reason, note, made_by, made_at) VALUES (?, ?, ?, ?, ?) RETURNING id
                """,
            [act.transition.rawValue, act.reason.rawValue, act.note, act.actor, act.time])
        let lists = Dictionary(uniqueKeysWithValues: try statusLists().map { ($0.id, $0) })
        for change in changes {
            guard let list = lists[change.place.list], (0..<list.size).contains(change.place.index) else {
                throw StoreError(
                    .conflict, zh: "有一份证书指向状态列表 \(change.place.list)，而该列表没有这个序号",
                    en: "a certificate names status list \(change.place.list), which has no such index")
            }
            guard act.transition.effect(on: change.from) == .changes else {
                throw StoreError(
                    .conflict, zh: "不能从 \(change.from.name) 变为 \(act.transition.target.name)",
                    en: "nothing leads from \(change.from.name) to \(act.transition.target.name)")
            }
        }
        try removeEntries(changes.filter { $0.from != .valid })
        if act.transition.target != .valid { try insertEntries(changes, act: id, status: act.transition.target) }
        try insertHistory(changes, act: id)
        try writeDown(act, changes)
        for list in Set(changes.map(\.place.list)) {
            try db.execute(sql: "UPDATE status_list SET changes = changes + 1 WHERE id = ?", arguments: [list])
        }
    }

    /// By the digest of ids and versions in the store's order, so that it can be made again from what is kept.
    private func writeDown(_ act: StatusAct, _ changes: [StatusChange]) throws {
        let sorted = changes.sorted {
            ($0.key.certificate, $0.key.version) < ($1.key.certificate, $1.key.version)
        }
        let digest = try SHA256.digest(sorted.flatMap { $0.certificateID + [UInt8(clamping: $0.key.version)] })
        try append(AuditAct(act, count: changes.count, digest: digest))
    }

    /// An entry that is not what the change says was changed by another in between.
    private func removeEntries(_ changes: [StatusChange]) throws {
        let statement = try RawStatement(
            db,
            "DELETE FROM status_entry WHERE list = ? AND idx = ? AND status = ? AND certificate = ? AND version = ?")
        for change in changes {
            statement.bind(1, change.place.list)
            statement.bind(2, change.place.index)
            statement.bind(3, Int(change.from.rawValue))
            statement.bind(4, change.key.certificate)
            statement.bind(5, change.key.version)
            try statement.run()
            guard db.changesCount == 1 else {
                throw StoreError(
                    .conflict, zh: "证书的状态已被他人更改；请重新运行该命令",
                    en: "the status of a certificate was changed by another; run the command again")
            }
        }
    }

    /// The primary key refuses an entry for what is not valid any more.
    private func insertEntries(_ changes: [StatusChange], act: Int64, status: CertificateStatus) throws {
        let statement = try RawStatement(
            db,
            """
            INSERT INTO status_entry (list, idx, status, act, certificate, version, certificate_id)
            VALUES (?, ?, ?, ?, ?, ?, ?)
            """)
        // In the table's order, so that each of its pages is changed once.
        for change in changes.sorted(by: { ($0.place.list, $0.place.index) < ($1.place.list, $1.place.index) }) {
            statement.bind(1, change.place.list)
            statement.bind(2, change.place.index)
            statement.bind(3, Int(status.rawValue))
            statement.bind(4, act)
            statement.bind(5, change.key.certificate)
            statement.bind(6, change.key.version)
            statement.bind(7, change.certificateID)
            try statement.run()
        }
    }

    private func insertHistory(_ changes: [StatusChange], act: Int64) throws {
        let statement = try RawStatement(
            db, "INSERT INTO status_change (certificate, version, act) VALUES (?, ?, ?)")
        for change in changes {
            statement.bind(1, change.key.certificate)
            statement.bind(2, change.key.version)
            statement.bind(3, act)
            try statement.run()
        }
    }

    func newestVersions(_ query: CertificateQuery, after certificate: CertificateKey?, limit: Int) throws
        -> [SealedVersion]
    {
        var conditions = ["seal.certificate > :after"]
        var arguments: StatementArguments = ["after": certificate?.rowID ?? 0, "limit": limit]
        func require(_ condition: String, _ name: String, _ value: (any DatabaseValueConvertible)?) {
            guard let value else { return }
            conditions.append(condition)
            _ = arguments.append(contentsOf: [name: value])
        }
        if let batch = query.batch {
            require("seal.certificate >= :first", "first", CertificateKey.first(of: batch))
            require("seal.certificate <= :last", "last", CertificateKey.last(of: batch))
        }
        require("occupation_code = :occupation", "occupation", query.occupationCode)
        require("level = :level", "level", query.level)
        require("kid = :kid", "kid", query.keyID?.data)
        require("batch.institution = :institution", "institution", query.institution)
        require("award_day >= :firstDay", "firstDay", query.awardDays?.lowerBound)
        require("award_day <= :lastDay", "lastDay", query.awardDays?.upperBound)
        return try sealed(
            """
             JOIN batch ON batch.id = seal.certificate >> 32
            WHERE seal.version = (SELECT max(version) FROM seal AS newer WHERE newer.certificate = seal.certificate)
            AND \(conditions.joined(separator: " AND "))
            ORDER BY seal.certificate LIMIT :limit
            """, arguments)
    }
}
