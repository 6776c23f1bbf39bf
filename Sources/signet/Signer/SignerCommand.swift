import Acts
import ArgumentParser
import Errors
import Glibc
import HomeFolder
import Installation
import Logging
import Signing

struct SignerCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signer", abstract: "Sign what officers approved, wherever they did.",
        discussion: """
            Holds the keys, and believes only what it can check: the approver's signature against its own roster, and the \
            content, which it plans anew. Listens on a socket in the home alone (signer.sock). Without a passphrase it \
            begins locked: nothing is signed, what was approved waits.

            Example:
              signet signer --passphrase-file /run/credentials/signet-signer.service/passphrase
              signet signer unlock
            """,
        subcommands: [SignerRun.self, SignerUnlock.self, SignerLock.self, SignerState.self],
        defaultSubcommand: SignerRun.self)
}

struct SignerRun: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "run", abstract: "Run the signer (by default).")

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions
    @Option(help: ArgumentHelp("User that may poke it, such as the portal's; may be given again.", valueName: "user"))
    var peer: [String] = []

    func run() async throws {
        LoggingSystem.bootstrap { SafeLog(label: $0) }
        var logger = Logger(label: "signet")
        logger.logLevel = .notice
        let office = try await home.open().openOffice()
        let secret = try passphrase.passphraseIfAny()
        let peers = try peer.map { name in
            guard let entry = getpwnam(name) else {
                throw Refusal(.usage, zh: "没有用户 \(name)", en: "there is no user \(name)")
            }
            return entry.pointee.pw_uid
        }
        let parts = try await SignerParts(in: office, passphrase: secret, peers: Set(peers), logger: logger)
        Secrets.forget()
        Terminal.standardOutput.write(
            secret == nil
                ? spoken(zh: "签名已锁定；请运行 signet signer unlock\n", en: "signing is locked; run signet signer unlock\n")
                : spoken(zh: "签名服务已就绪\n", en: "the signer is ready\n"))
        try await ServiceRun.untilTold(parts.services, logger: logger)
    }
}

struct SignerUnlock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "unlock", abstract: "Give a signer that runs on this machine the passphrase.")

    @OptionGroup var home: HomeOptions
    @OptionGroup var passphrase: PassphraseOptions

    func run() async throws {
        try await SignerAnswer.require(.unlock, passphrase.passphrase(), at: home.open())
        print(spoken(zh: "签名已解锁", en: "signing is unlocked"))
    }
}

struct SignerLock: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "lock", abstract: "Let a signer that runs on this machine forget the passphrase.")

    @OptionGroup var home: HomeOptions

    func run() async throws {
        try await SignerAnswer.require(.lock, nil, at: home.open())
        print(spoken(zh: "签名已锁定", en: "signing is locked"))
    }
}

struct SignerState: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "state", abstract: "Say whether a signer runs on this machine, and what waits for it, as JSON.")

    @OptionGroup var home: HomeOptions

    func run() async throws { print(try await SignerAnswer.of(.state, nil, at: home.open())) }
}

enum SignerAnswer {
    static func of(_ request: SignerSocket.Request, _ secret: Passphrase?, at home: Home) async throws -> String {
        guard let answer = try await SignerClient.ask(request, secret, at: home.signerSocketPath) else {
            throw Refusal(
                .unavailable, zh: "这台机器上没有运行签名服务；请先运行 signet signer",
                en: "no signer runs on this machine; start one with signet signer")
        }
        return answer
    }

    static func require(_ request: SignerSocket.Request, _ secret: Passphrase?, at home: Home) async throws {
        let answer = try await of(request, secret, at: home)
        guard answer == "done" else {
            throw Refusal(.denied, zh: "签名服务没有照做：\(answer)", en: "the signer did not do it: \(answer)")
        }
    }
}
