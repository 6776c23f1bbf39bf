import Credential
import Errors
import Foundation
import Store
import Testing

@testable import Accounts

/// The table against one written by hand from the portal's design.
@Suite struct PermissionTests {
    private static let csv = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "roles.csv")
    private static let today = CalendarDate(daysSinceEpoch: 20_700)

    private static func byHand() throws -> [String: [String]] {
        let lines = try String(contentsOf: csv, encoding: .utf8).split(separator: "\n").map { line in
            line.split(separator: ",").map(String.init)
        }
        #expect(lines[0] == ["act"] + Role.allCases.map(\.rawValue))
        return Dictionary(uniqueKeysWithValues: lines.dropFirst().map { ($0[0], Array($0.dropFirst())) })
    }

    @Test("Every act of every role is as the table by hand has it, and no act is left out")
    func table() throws {
        let byHand = try Self.byHand()
        #expect(Set(byHand.keys) == Set(StaffAct.allCases.map(\.rawValue)))
        #expect(PermissionTable.rows.map(\.act) == StaffAct.allCases)
        for row in PermissionTable.rows { #expect(byHand[row.act.rawValue] == PermissionTable.cells(row)) }
        // The control: one cell that differs is seen.
        var flipped = byHand
        flipped["accounts-change"]?[2] = "y"
        #expect(PermissionTable.rows.contains { flipped[$0.act.rawValue] != PermissionTable.cells($0) })
    }

    @Test("docs/roles.md is printed from the table")
    func document() throws {
        let path = Self.csv.deletingLastPathComponent().appending(path: "../../docs/roles.md")
        if ProcessInfo.processInfo.environment["SIGNET_WRITE_ROLES"] != nil {
            try PermissionTable.document.write(to: path, atomically: true, encoding: .utf8)
        }
        #expect(try String(contentsOf: path, encoding: .utf8) == PermissionTable.document)
    }

    private static func role(
        _ role: Role, _ institution: String? = nil, from: Int = 0, until: Int? = nil
    ) -> AccountRole {
        AccountRole(
            role: role.rawValue, institution: institution.map { InstitutionID($0) },
            from: CalendarDate(daysSinceEpoch: today.daysSinceEpoch + from),
            until: until.map { CalendarDate(daysSinceEpoch: today.daysSinceEpoch + $0) }, grantedBy: "test")
    }

    private static func signedIn(_ roles: [AccountRole], age: Int = 0) throws -> SignedIn {
        let account = try Account.invited("王海燕", at: 0)
        let session = StaffSession(
            digest: [], account: account.id, epoch: 1, begunAt: 1000 - age, seenAt: 1000, endsAt: 9000)
        return SignedIn(account, session, roles: roles, on: today)
    }

    @Test("A role holds for its institution, from its first day until its last")
    func scope() throws {
        let (own, other) = (InstitutionID("4137012391"), InstitutionID("4137012392"))
        func may(_ roles: [AccountRole], _ act: StaffAct, at institution: InstitutionID?) throws -> Bool {
            if case .allowed = try Self.signedIn(roles).decide(act, at: institution, time: 1000) { true } else { false }
        }
        #expect(try may([Self.role(.registrar, "4137012391")], .sheetEdit, at: own))
        #expect(try !may([Self.role(.registrar, "4137012391")], .sheetEdit, at: other))
        #expect(try may([Self.role(.officer)], .batchReview, at: other))
        #expect(try !may([Self.role(.officer)], .sheetEdit, at: own))
        #expect(try !may([], .home, at: nil))
        for (from, until, isGood) in [(0, 0, true), (-5, nil, true), (1, nil, false), (-5, -1, false)]
            as [(Int, Int?, Bool)]
        {
            #expect(try may([Self.role(.officer, from: from, until: until)], .home, at: nil) == isGood)
        }
        // A role that nobody knows gives nothing.
        let unknown = AccountRole(role: "owner", institution: nil, from: Self.today, until: nil, grantedBy: "")
        #expect(try !may([unknown], .home, at: nil))
    }

    @Test("What is dangerous wants a sign-in of the last five minutes; what is refused says who may")
    func fresh() throws {
        let grant = try #require(Grant("f"))
        let roles = [Self.role(.administrator)]
        #expect(try Self.signedIn(roles, age: 299).decide(.accountsChange, time: 1000) == .allowed(grant))
        #expect(try Self.signedIn(roles, age: 300).decide(.accountsChange, time: 1000) == .needsFreshSignIn)
        let officer = try Self.signedIn([Self.role(.officer)])
        #expect(officer.decide(.accountsChange, time: 1000) == .denied(roles: [.administrator]))
    }

    @Test("Roles that exclude each other are refused in every order; others are not")
    func exclusions() throws {
        var refused: Set<Set<Role>> = []
        for one in Role.allCases {
            for other in Role.allCases where other != one {
                let roles = [Self.role(one, "4137012391"), Self.role(other, "4137012391")]
                do { try Role.check(roles) } catch let error as AccountError {
                    #expect(error.code == .rolesExclude)
                    refused.insert([one, other])
                }
            }
        }
        #expect(
            refused == [
                [.administrator, .officer], [.administrator, .registrar], [.administrator, .supervisor],
                [.officer, .registrar], [.supervisor, .officer],
            ])
        for (roles, code) in [
            ([], AccountErrorCode.roleMissing), ([Self.role(.registrar)], .institutionMissing),
            ([Self.role(.officer, from: 2, until: 1)], .daysReversed),
        ] {
            #expect(throws: AccountError(code, zh: "", en: "")) { try Role.check(roles) }
        }
    }

    @Test(
        "A cell is read in one spelling", arguments: ["", "-", "x", "2y", "y2f2", "f f", "y  own", "y all", "ff", "yy"])
    func cells(code: String) { #expect(Grant(code) == nil) }
}
