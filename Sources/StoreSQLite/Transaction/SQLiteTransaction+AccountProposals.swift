import Credential
import Errors
import GRDB
import Store

extension SQLiteTransaction {
    func accountProposal(_ id: AccountProposalID, at time: Int) throws -> AccountProposal? {
        try Row.fetchOne(
            db, sql: "SELECT * FROM account_proposal WHERE id = ? AND proposed_at > ?",
            arguments: [id.value, time - AccountProposal.seconds]
        ).map(proposal)
    }

    func accountProposals(at time: Int) throws -> [(id: AccountProposalID, proposal: AccountProposal)] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM account_proposal WHERE proposed_at > ? ORDER BY id",
            arguments: [time - AccountProposal.seconds]
        ).map { (AccountProposalID($0["id"]), try proposal($0)) }
    }

    func accountNews(since time: Int) throws -> [AccountNews] {
        try Row.fetchAll(
            db, sql: "SELECT * FROM account_news WHERE made_at >= ? ORDER BY made_at DESC, position DESC",
            arguments: [time]
        ).map { row in
            guard let kind = AccountNews.Kind(rawValue: row["kind"]) else { throw Self.unknownChange }
            return AccountNews(kind, of: try row.account("account"), by: row["made_by"], at: row["made_at"])
        }
    }

    func insert(_ proposal: AccountProposal) throws -> AccountProposalID {
        try db.execute(
            sql: "DELETE FROM account_proposal WHERE account = ?", arguments: [proposal.account.bytes.data])
        var (change, roles) = ("link", [AccountRole]())
        if case .roles(let proposed) = proposal.change { (change, roles) = ("roles", proposed) }
        try db.execute(
            sql: "INSERT INTO account_proposal (account, change, proposed_by, proposed_at) VALUES (?, ?, ?, ?)",
            arguments: [
                proposal.account.bytes.data, change, proposal.proposedBy.bytes.data, proposal.proposedAt,
            ])
        let id = AccountProposalID(db.lastInsertedRowID)
        for role in roles {
            try db.execute(
                sql: """
                    INSERT INTO proposed_role (proposal, role, institution, from_day, until_day, granted_by)
                    VALUES (?, ?, ?, ?, ?, ?)
                    """,
                arguments: [
                    id.value, role.role, role.institution?.description ?? "", role.from.daysSinceEpoch,
                    role.until?.daysSinceEpoch, role.grantedBy,
                ])
        }
        return id
    }

    func removeAccountProposal(_ id: AccountProposalID) throws {
        try db.execute(sql: "DELETE FROM account_proposal WHERE id = ?", arguments: [id.value])
        guard db.changesCount == 1 else {
            throw StoreError(.notFound, zh: "这项提议已有决定或已撤回", en: "the proposal is decided or withdrawn")
        }
    }

    func insert(_ news: AccountNews) throws {
        try db.execute(sql: "DELETE FROM account_news WHERE made_at < ?", arguments: [news.at - 30 * 86_400])
        try db.execute(
            sql: "INSERT INTO account_news (account, kind, made_by, made_at) VALUES (?, ?, ?, ?)",
            arguments: [news.account.bytes.data, news.kind.rawValue, news.by, news.at])
    }

    private func proposal(_ row: Row) throws -> AccountProposal {
        let change: AccountProposal.Change
        switch row["change"] as String {
        case "link": change = .link
        case "roles":
            change = .roles(
                try Row.fetchAll(
                    db, sql: "SELECT * FROM proposed_role WHERE proposal = ? ORDER BY role, institution, from_day",
                    arguments: [row["id"] as Int64]
                ).map(AccountRole.init(row:)))
        default: throw Self.unknownChange
        }
        return AccountProposal(
            change, of: try row.account("account"), by: try row.account("proposed_by"), at: row["proposed_at"])
    }

    private static var unknownChange: StoreError {
        StoreError(.damaged, zh: "有一项账号更改的类别未知", en: "a change of an account is of an unknown kind")
    }
}
