import Approvals
import ArgumentParser
import Credential
import Errors
import Files
import Glibc
import Signing

struct ApproveCommand: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Sign a statement of what would be done, with a key of your own.",
        discussion: """
            Shows each line of the statement, asks, and writes the signature into a file. Needs no installation: run it on \
            the approver's own machine. The key is ES256, EdDSA or SM2; make a key file with --create.

            Example:
              signet approve --create officer.key
              signet approve 3fa2.statement --key officer.key --out 3fa2.evidence
              signet approve 3fa2.statement --key "pkcs11:token=me;object=sign" --module /usr/lib/libukey.so --out 3fa2.evidence
            """)

    @OptionGroup var passphrase: PassphraseOptions
    @Argument(help: "Statement, as a command or the portal wrote it.") var statement: String?
    @Option(help: "Key file, or a key of a token by its URI (pkcs11:…).") var key: String?
    @Option(help: ArgumentHelp("Library of the token (PKCS#11).", valueName: "file")) var module: String?
    @Option(help: ArgumentHelp("File for the signature.", valueName: "file")) var out: String?
    @Flag(help: "Sign without asking.") var yes = false
    @Option(help: ArgumentHelp("Make a key file; its public part is put beside it.", valueName: "file"))
    var create: String?
    @Option(help: "Algorithm of the new key: ES256, EdDSA or SM2.") var algorithm: AlgorithmName = .es256

    func validate() throws {
        guard create != nil || (statement != nil && key != nil && out != nil) else {
            throw ValidationError(
                zh: "请给出批准书、--key 和 --out；或用 --create 建立密钥",
                en: "give a statement, --key and --out; or make a key with --create")
        }
    }

    func run() throws {
        if let create { return try make(create) }
        guard let statement, let out, let key else { return }
        let bytes = try DurableFile.read(statement, limit: 1 << 17)
        let read = try Statement(bytes)
        for line in read.lines { print(line) }
        print(spoken(zh: "时间 \(UTCTime.text(read.time))", en: "made \(UTCTime.text(read.time))"))
        guard yes || agreed() else {
            throw Refusal(.usage, zh: "没有签署", en: "nothing was signed")
        }
        let file = try EvidenceFile(signing: bytes, with: load(key))
        try DurableFile.create(try file.encoded(), at: out, mode: 0o600)
        print(spoken(zh: "签名已写入 \(out)", en: "the signature is in \(out)"))
    }

    private func agreed() -> Bool {
        guard isatty(STDIN_FILENO) == 1 else { return false }
        Terminal.standardError.write("Sign exactly this? [y/N] ")
        return ["y", "yes", "是"].contains((readLine() ?? "").lowercased())
    }

    private func load(_ key: String) throws -> PrivateKey {
        guard key.hasPrefix("pkcs11:") else { return try KeyFile.load(key, passphrase: passphrase.passphrase()) }
        guard let module else {
            throw Refusal(
                .usage, zh: "请用 --module 给出硬件的 PKCS#11 库", en: "give the token's PKCS#11 library with --module")
        }
        return try PKCS11.key(uri: key, module: module, pin: PassphraseOptions.pin())
    }

    private func make(_ path: String) throws {
        let key = try PrivateKey.generate(algorithm.algorithm)
        try KeyFile.save(key, passphrase: passphrase.passphrase(isNew: true), to: path)
        try DurableFile.create(Array(key.publicKey.pem.utf8), at: path + ".pub.pem", mode: 0o644)
        print(
            spoken(
                zh: "密钥 \(key.publicKey.kid)，公钥在 \(path).pub.pem",
                en: "key \(key.publicKey.kid), its public part in \(path).pub.pem"))
    }
}
