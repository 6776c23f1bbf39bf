import ArgumentParser
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
    func passphrase(isNew: Bool = false) throws -> String {
        if let passphraseFile {
            let text = String(decoding: try KeyFile.readSecret(passphraseFile), as: UTF8.self)
            return try Self.checked(String(text.prefix { !$0.isNewline }), from: passphraseFile)
        }
        if let variable = getenv("SIGNET_PASSPHRASE") {
            return try Self.checked(String(cString: variable), from: "SIGNET_PASSPHRASE")
        }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure(
                .passphrase, "no passphrase: give --passphrase-file, set SIGNET_PASSPHRASE, or run on a terminal")
        }
        let first = try Self.checked(Self.ask("Passphrase: "), from: "the terminal")
        guard !isNew || Self.ask("The same again: ") == first else {
            throw CommandFailure(.passphrase, "the two passphrases differ; nothing was done")
        }
        return first
    }

    fileprivate static func checked(_ passphrase: String, from source: String) throws -> String {
        guard !passphrase.isEmpty else { throw CommandFailure(.passphrase, "the passphrase from \(source) is empty") }
        return passphrase
    }

    /// Without echo.
    fileprivate static func ask(_ question: String) -> String {
        Terminal.standardError.write(question)
        var settings = termios()
        tcgetattr(STDIN_FILENO, &settings)
        var silent = settings
        silent.c_lflag &= ~tcflag_t(ECHO)
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent)
        let answer = readLine() ?? ""
        tcsetattr(STDIN_FILENO, TCSAFLUSH, &settings)
        Terminal.standardError.write("\n")
        return answer
    }
}

extension PassphraseOptions {
    /// Of a hardware module, from the variable SIGNET_HSM_PIN, else a person.
    static func pin() throws -> String {
        if let variable = getenv("SIGNET_HSM_PIN") {
            return try checked(String(cString: variable), from: "SIGNET_HSM_PIN")
        }
        guard isatty(STDIN_FILENO) == 1 else {
            throw CommandFailure(
                .passphrase, "no PIN for the hardware module: set SIGNET_HSM_PIN, or run on a terminal")
        }
        return try checked(ask("PIN of the hardware module: "), from: "the terminal")
    }
}
