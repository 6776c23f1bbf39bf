import ArgumentParser
import Errors
import Files
import Glibc
import Signing

/// Where the passphrase of private keys comes from: a file, the environment, or a person.
struct PassphraseOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "File whose first line is the passphrase of the keys (mode 0600). "
                + "Without it: the variable SIGNET_PASSPHRASE, else a question.",
            valueName: "file"))
    var passphraseFile: String?

    /// - Parameter isNew: asks twice, as a mistyped new passphrase locks its owner out.
    func passphrase(isNew: Bool = false) throws -> Passphrase {
        if let passphraseFile {
            var bytes = try SecretFile.read(passphraseFile)
            if let end = bytes.firstIndex(where: { $0 == 0x0A || $0 == 0x0D }) { bytes.removeSubrange(end...) }
            return try Self.checked(Passphrase(wiping: &bytes), from: BilingualText(same: passphraseFile))
        }
        if let given = Secrets.passphrase {
            return try Self.checked(given, from: BilingualText(same: Secrets.passphraseName))
        }
        guard isatty(STDIN_FILENO) == 1 else {
            throw Refusal(
                .denied, zh: "没有口令：请给出 --passphrase-file，设置 \(Secrets.passphraseName)，或在终端上运行",
                en: "no passphrase: give --passphrase-file, set \(Secrets.passphraseName), or run on a terminal")
        }
        let first = try Self.checked(Self.ask("Passphrase: "), from: Self.terminal)
        guard !isNew || Self.ask("The same again: ") == first else {
            throw Refusal(.denied, zh: "两次口令不同；什么都没有做", en: "the two passphrases differ; nothing was done")
        }
        return first
    }

    /// Nil where none is given and nobody is there to ask.
    func passphraseIfAny() throws -> Passphrase? {
        let isGiven = passphraseFile != nil || Secrets.passphrase != nil || isatty(STDIN_FILENO) == 1
        return isGiven ? try passphrase() : nil
    }

    fileprivate static let terminal = BilingualText(zh: "终端上", en: "the terminal")

    fileprivate static func checked(_ passphrase: Passphrase, from source: BilingualText) throws -> Passphrase {
        guard !passphrase.isEmpty else {
            throw Refusal(.denied, zh: "\(source.zh)的口令是空的", en: "the passphrase from \(source.en) is empty")
        }
        return passphrase
    }

    /// Without echo.
    fileprivate static func ask(_ question: String) -> Passphrase {
        Terminal.standardError.write(question)
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        var answer: [UInt8] = []
        var byte: UInt8 = 0
        while read(STDIN_FILENO, &byte, 1) == 1, byte != 0x0A { answer.append(byte) }
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        Terminal.standardError.write("\n")
        return Passphrase(wiping: &answer)
    }
}

extension PassphraseOptions {
    /// Of a hardware module, from the variable SIGNET_HSM_PIN, else a person.
    static func pin() throws -> Passphrase {
        if let given = Secrets.pin { return try checked(given, from: BilingualText(same: Secrets.pinName)) }
        guard isatty(STDIN_FILENO) == 1 else {
            throw Refusal(
                .denied, zh: "没有硬件模块的 PIN：请设置 \(Secrets.pinName)，或在终端上运行",
                en: "no PIN for the hardware module: set \(Secrets.pinName), or run on a terminal")
        }
        return try checked(ask("PIN of the hardware module: "), from: terminal)
    }
}
