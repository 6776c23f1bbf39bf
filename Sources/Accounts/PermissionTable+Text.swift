import Errors

extension PermissionTable {
    /// A cell for each role, in their order.
    package static func cells(_ row: Row) -> [String] { Role.allCases.map { row.grants[$0]?.code ?? "-" } }

    /// docs/roles.md, whole.
    package static var document: String {
        let roles = Role.allCases
        let head = """
            # Who may do what in the portal

            Printed from the table by which the portal decides (`Sources/Accounts/PermissionTable.swift`); a test compares both.
            What does not stand here nobody may do. A role holds from a day, perhaps until one, and for one institution or all;
            of an institution only its own things are seen.

            - `y` may · `f` may, with a sign-in not older than five minutes · `s` with a signature of the own passkey · `p` may
              propose · `pf` may propose, with such a sign-in · `-` may not
            - `2` proposer and decider are two persons · `own` what the account itself began · `visits` the own visits

            One account cannot be: \(Role.exclusions.map { "\($0.0.rawValue) and \($0.1.rawValue)" }.joined(separator: "; ")).
            Nobody changes the own roles, and the last administrator stays.


            """
        let titles = roles.map { "\($0.rawValue) \($0.words.zh)" }.joined(separator: " | ")
        let lines = rows.map { row in
            "| `\(row.act.rawValue)` \(row.words.en) \(row.words.zh) | \(cells(row).joined(separator: " | ")) |"
        }
        let rule = "|---|" + roles.map { _ in "---|" }.joined()
        return head + (["| act | \(titles) |", rule] + lines).joined(separator: "\n") + "\n"
    }
}
