import Acts
import ArgumentParser
import Audit
import Credential
import Encodings
import Errors
import HomeFolder
import Installation
import Issuance
import Lookup
import Seal
import Signing
import Store

struct APIKeysCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "api-keys", abstract: "Give, list, replace and revoke keys of the API.",
        subcommands: [APIKeysCreate.self, APIKeysList.self, APIKeysRotate.self, APIKeysRevoke.self])
}

extension APIScope: ExpressibleByArgument {}

struct APIKeysCreate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "create", abstract: "Make a key. It is printed once, and only its digest is kept.",
        discussion: """
            Scopes: verify (bulk verifications by the key's own limit), lookup (also rows with a number alone).

            Example:
              signet api-keys create --name "Example Ltd, personnel" --scope verify --scope lookup --days 365
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: "Whose it is, to find it again.") var name: String
    @Option(help: "verify or lookup; may be given again.") var scope: [APIScope] = [.verify]
    @Option(help: "Days until it ends.") var days = 365
    @Option(help: "Requests a minute.") var perMinute = 60

    func validate() throws {
        guard (1...3650).contains(days) else {
            throw ValidationError(zh: "--days 须在 1 与 3650 之间", en: "--days must be between 1 and 3650")
        }
        guard (1...6000).contains(perMinute) else {
            throw ValidationError(zh: "--per-minute 须在 1 与 6000 之间", en: "--per-minute must be between 1 and 6000")
        }
        guard (1...100).contains(name.count), SafeText.isSafe(name) else {
            throw ValidationError(zh: "--name 须是一行 1 至 100 个字符", en: "--name must have 1 to 100 characters on one line")
        }
    }

    func run() async throws {
        let now = Clock.now()
        let office = try await home.open().openOffice()
        let new = try NewAPIKey(
            name: name, scopes: Set(scope.map(\.rawValue)), perMinute: perMinute, now: now,
            expiresAt: now + days * 86_400)
        try await office.perform(CreateAPIKey(new.record), by: Login.actor(), at: now)
        print(
            "Key \(new.record.id) for \(name), until \(UTCTime.text(now + days * 86_400)). It is shown only now:\n\(new.key)"
        )
    }
}

struct APIKeysList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List keys and their state.")

    @OptionGroup var home: HomeOptions
    @Flag(help: "One JSON object per line.") var json = false

    private struct Line: Encodable {
        var id: String
        var name: String
        var scopes: [String]
        var perMinute: Int
        var state: String
        var expiresAt: Int?
    }

    func run() async throws {
        let now = Clock.now()
        for key in try await home.open().openStore().read({ try $0.apiKeys() }) {
            let state = key.revokedAt != nil ? "revoked" : key.isGood(at: now) ? "active" : "expired"
            let line = Line(
                id: key.id, name: key.name, scopes: key.scopes, perMinute: key.perMinute, state: state,
                expiresAt: key.expiresAt)
            let end = key.expiresAt.map { "until \(UTCTime.text($0))" } ?? ""
            print(
                try json
                    ? JSONLine.encode(line)
                    : "\(key.id)  \(state)  \(key.scopes.joined(separator: ","))  \(key.perMinute)/min  \(end)  \(key.name)"
            )
        }
    }
}

struct APIKeysRotate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rotate", abstract: "Make a key's successor; the old one ends after an overlap.",
        discussion: "Example:\n  signet api-keys rotate 1f2e3d4c --overlap 7d")

    @OptionGroup var home: HomeOptions
    @Argument(help: "The key's id.") var id: String
    @Option(help: "How long both are good, such as 24h or 7d.") var overlap = "7d"
    @Option(help: "Days until the new one ends.") var days = 365

    func validate() throws {
        guard StatusOptions.Duration.seconds(in: overlap) != nil else {
            throw ValidationError(
                zh: "--overlap \(overlap) 不是时长，应如 24h 或 7d", en: "--overlap \(overlap) is not a time such as 24h or 7d")
        }
        guard (1...3650).contains(days) else {
            throw ValidationError(zh: "--days 须在 1 与 3650 之间", en: "--days must be between 1 and 3650")
        }
    }

    func run() async throws {
        let now = Clock.now()
        let office = try await home.open().openOffice()
        let (id, overlap) = (id, StatusOptions.Duration.seconds(in: overlap) ?? 0)
        let old = try await office.store.read { try $0.requiredAPIKey(id) }
        let new = try NewAPIKey(
            name: old.name, scopes: Set(old.scopes), perMinute: old.perMinute, now: now, expiresAt: now + days * 86_400)
        // Checked above.
        let end = try await office.perform(
            RotateAPIKey(id, successor: new.record, overlap: overlap), by: Login.actor(), at: now)
        print("Key \(new.record.id) replaces \(id), which ends \(UTCTime.text(end)). It is shown only now:\n\(new.key)")
    }
}

struct APIKeysRevoke: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "revoke", abstract: "End a key at once, for good.",
        discussion: "Example:\n  signet api-keys revoke 1f2e3d4c")

    @OptionGroup var home: HomeOptions
    @Argument(help: "The key's id.") var id: String

    func run() async throws {
        let now = Clock.now()
        try await home.open().openOffice().perform(RevokeAPIKey(id), by: Login.actor(), at: now)
        print("Key \(id) is revoked.")
    }
}
