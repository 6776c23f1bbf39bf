import Accounts
import Credential
import Store

/// What the first page lists.
enum Tasks {
    private static let fewCodes = 2

    static func of(_ visit: Visit) async throws -> [[String: Any]] {
        let account = try visit.account
        let isAdministrator = visit.signedIn?.heldRoles.contains(.administrator) == true
        let (day, time) = (visit.day, visit.time)
        let counts = try await visit.portal.store.read {
            reading -> (passkeys: Int, codes: Int, invited: Int, peers: Int, proposed: [Account]) in
            let accounts = isAdministrator ? try reading.accounts() : []
            return (
                try reading.passkeys(of: account.id).count, try reading.recoveryCodeCount(of: account.id),
                accounts.count { $0.state == .invited }, try Self.administrators(accounts, reading, on: day),
                try isAdministrator ? Self.proposed(reading, for: account.id, at: time) : []
            )
        }
        var tasks = try await SheetTasks.of(visit)
        func add(_ name: String, _ href: String, before count: String = "") {
            let text = { (name: String) in Catalogue.home.text(name, visit.language) }
            tasks.append(["href": href, "label": text(name), "detail": count + text(name + "Detail")])
        }
        for account in counts.proposed {
            let text = { (name: String) in Catalogue.home.text(name, visit.language) }
            tasks.append([
                "href": "/accounts/\(account.id)", "label": text("proposal"),
                "detail": text("proposalDetail") + account.name,
            ])
        }
        if counts.passkeys == 1 { add("second", "/account") }
        if counts.codes <= fewCodes { add("codes", "/account") }
        if isAdministrator, counts.peers == 1 { add("administrator", "/accounts") }
        if counts.invited > 0 {
            add("invited", "/accounts", before: "\(counts.invited)" + " ")
        }
        return tasks
    }

    /// Those whose change somebody else proposed, so that one may confirm it.
    private static func proposed(
        _ reading: any StoreReading, for own: AccountID, at time: Int
    ) throws -> [Account] {
        try reading.accountProposals(at: time).map(\.proposal).filter { $0.proposedBy != own && $0.account != own }
            .compactMap { try reading.account($0.account) }.filter { $0.state != .ended }
    }

    static func administrators(
        _ accounts: [Account], _ reading: any AccountReading, on day: CalendarDate
    ) throws -> Int {
        try accounts.count { account in
            try account.state != .ended
                && reading.roles(of: account.id).contains {
                    $0.role == Role.administrator.rawValue && $0.isGood(on: day)
                }
        }
    }
}
