import Accounts
import Acts
import ArgumentParser
import Audit
import Credential
import Encodings
import Errors
import HomeFolder
import Installation
import Store

struct AccountsCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "accounts", abstract: "Let staff in to the portal.",
        subcommands: [
            AccountsCreate.self, AccountsInvite.self, AccountsRoles.self, AccountsList.self, AccountsEnd.self,
        ])
}

extension Role: ExpressibleByArgument {}

struct AccountsCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make an account, and print the link by which its owner makes a passkey.",
        discussion: """
            The first administrator is made so; others are invited in the portal. The link is good once, for 72 hours.

            Example:
              signet accounts create "王海燕" --role administrator
              signet accounts create "李明" --role registrar --institution 4137012391
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "The person's name, as the portal shows it.") var name: String
    @OptionGroup var given: RoleOptions

    func run() async throws {
        let office = try await home.open().openOffice()
        let (day, time) = (Clock.today(), Clock.now())
        let roles = try await given.roles(from: day, in: office.store)
        let account = try Account.invited(name, at: time)
        let link = try NewEnrolmentLink(for: account.id, at: time)
        let address = try PortalAddress.enrolment(link, home: office.home)
        try await office.perform(
            try CreateAccount(account, roles: roles, link: link.record), by: Login.actor(), at: time)
        print(
            "Account \(account.id) for \(name). Its link is shown only now, and good once until \(UTCTime.text(link.record.expiresAt)):\n\(address)"
        )
    }
}

/// The roles that a command gives.
struct RoleOptions: ParsableArguments {
    @Option(help: "What the person may do (docs/roles.md); may be given again.") var role: [Role]
    @Option(help: "The institution's id, for a registrar or a school leader; others are for all without it.")
    var institution: String?
    @Option(help: "The last day, such as 2027-07-31; without it there is no end.") var until: String?

    func roles(from day: CalendarDate, in store: any Store) async throws -> [AccountRole] {
        let institution = try await self.institution(in: store)
        let end = try until.map { text in
            guard let day = CalendarDate(iso8601: text) else {
                throw Refusal(
                    .usage, zh: "--until \(text) 不是日期，应写成 2027-07-31",
                    en: "--until \(text) is no day such as 2027-07-31")
            }
            return day
        }
        return role.map {
            AccountRole(role: $0.rawValue, institution: institution, from: day, until: end, grantedBy: Login.name)
        }
    }

    private func institution(in store: any Store) async throws -> InstitutionID? {
        guard let institution else { return nil }
        guard
            let known = try await store.read({ try $0.institutions() }).first(where: {
                $0.id.description == institution
            })
        else {
            throw Refusal(
                .missing, zh: "登记册里没有院校 \(institution)", en: "the registry has no institution \(institution)",
                remedy: .importRegistry)
        }
        return known.id
    }
}

struct AccountsRoles: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "roles", abstract: "Give an account other roles, instead of those that it has.",
        discussion: """
            In the portal a second administrator confirms this; on the server's console nobody does.

            Example:
              signet accounts roles 3fa2… --role officer
            """)

    @OptionGroup var home: HomeOptions
    @Argument(help: "The account's id; see: signet accounts list.") var id: String
    @OptionGroup var given: RoleOptions

    func run() async throws {
        let office = try await home.open().openOffice()
        let (id, day) = (try AccountID(argument: id), Clock.today())
        let roles = try await given.roles(from: day, in: office.store)
        try await office.perform(try ChangeRoles(id, to: roles, on: day), by: Login.actor(), at: Clock.now())
        print("Account \(id) has other roles: \(roles.map(\.role).joined(separator: ", ")). It is signed out.")
    }
}

struct AccountsInvite: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "invite",
        abstract: "Print another link, for somebody who lost all passkeys; it ends an earlier one.",
        discussion: "Example:\n  signet accounts invite 3fa2…")

    @OptionGroup var home: HomeOptions
    @Argument(help: "The account's id; see: signet accounts list.") var id: String

    func run() async throws {
        let office = try await home.open().openOffice()
        let time = Clock.now()
        let link = try NewEnrolmentLink(for: try AccountID(argument: id), at: time)
        let address = try PortalAddress.enrolment(link, home: office.home)
        try await office.perform(InviteAgain(link.record, on: Clock.today()), by: Login.actor(), at: time)
        print("The link is shown only now, and good once until \(UTCTime.text(link.record.expiresAt)):\n\(address)")
    }
}

struct AccountsList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list", abstract: "List accounts, their state and roles.")

    @OptionGroup var home: HomeOptions
    @Flag(help: "One JSON object per line.") var json = false

    private struct Line: Encodable {
        var id: String
        var name: String
        var state: String
        var roles: [String]
        var passkeys: Int
    }

    func run() async throws {
        let lines = try await home.open().openStore().read { reading in
            try reading.accounts().map { account in
                Line(
                    id: account.id.description, name: account.name, state: account.state.rawValue,
                    roles: try reading.roles(of: account.id).map {
                        $0.role + ($0.institution.map { "@\($0)" } ?? "") + ($0.until.map { " until \($0)" } ?? "")
                    },
                    passkeys: try reading.passkeys(of: account.id).count)
            }
        }
        for line in lines {
            print(
                try json
                    ? JSONLine.encode(line)
                    : "\(line.id)  \(line.state)  \(line.roles.joined(separator: ", "))  \(line.passkeys) passkeys  \(line.name)"
            )
        }
    }
}

struct AccountsEnd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "end", abstract: "End an account for good, with its sessions and passkeys.",
        discussion: "Example:\n  signet accounts end 3fa2…")

    @OptionGroup var home: HomeOptions
    @Argument(help: "The account's id; see: signet accounts list.") var id: String

    func run() async throws {
        let office = try await home.open().openOffice()
        let id = try AccountID(argument: id)
        try await office.perform(EndAccount(id, on: Clock.today()), by: Login.actor(), at: Clock.now())
        print("Account \(id) has ended.")
    }
}
