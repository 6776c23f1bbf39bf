import Errors
import Files
import Foundation
import TestSupport
import Testing

@testable import Signing

@Suite struct KeyFileTests {
    let directory: TemporaryDirectory
    var path: String { directory.path + "/test.key" }

    init() throws { directory = try TemporaryDirectory() }

    @Test("A saved key opens with its passphrase and signs as the same key", arguments: SignatureAlgorithm.registered)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm)
        try KeyFile.save(key, passphrase: "graduation day", to: path)
        let mode = try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let loaded = try KeyFile.load(path, passphrase: "graduation day")
        #expect(loaded.publicKey.kid == key.publicKey.kid)
        #expect(try Verifier(key.publicKey).isValid(Signer(loaded).sign([1, 2, 3]), for: [1, 2, 3]))
    }

    @Test("A wrong passphrase says so")
    func wrongPassphrase() throws {
        try KeyFile.save(PrivateKey.generate(.es256), passphrase: "right", to: path)
        #expect(throws: SigningError(.wrongPassphrase, zh: "", en: "")) { try KeyFile.load(path, passphrase: "wrong") }
        #expect(throws: SigningError(.wrongPassphrase, zh: "", en: "")) {
            try PrivateKey.generate(.es256).encryptedPEM(passphrase: "")
        }
    }

    @Test("A key that others can read is refused until its mode is mended", arguments: [0o644, 0o640, 0o604, 0o660])
    func worldReadable(mode: Int) throws {
        try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: FileError(.insecurePermissions, zh: "", en: "")) { try KeyFile.load(path, passphrase: "x") }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(throws: Never.self) { try KeyFile.load(path, passphrase: "x") }
    }

    @Test("A secret is a file with one name; links to it are refused")
    func links() throws {
        try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        let (symbolic, hard) = (directory.path + "/symbolic.key", directory.path + "/hard.key")
        try FileManager.default.createSymbolicLink(atPath: symbolic, withDestinationPath: path)
        #expect(throws: FileError(.insecurePermissions, zh: "", en: "")) { try SecretFile.read(symbolic) }
        #expect(throws: Never.self) { try SecretFile.read(path) }
        try FileManager.default.linkItem(atPath: path, toPath: hard)
        for name in [path, hard] {
            #expect(throws: FileError(.insecurePermissions, zh: "", en: "")) { try SecretFile.read(name) }
        }
        try FileManager.default.removeItem(atPath: hard)
        #expect(throws: Never.self) { try SecretFile.read(path) }
        #expect(throws: FileError(.insecurePermissions, zh: "", en: "")) { try SecretFile.read(directory.path) }
    }

    @Test("A key in the clear is refused, and an existing key is never overwritten")
    func plainAndExisting() throws {
        try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        #expect(throws: FileError(.alreadyExists, zh: "", en: "")) {
            try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        }
        let plain = directory.path + "/plain.key"
        try openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", plain)
        #expect(throws: SigningError(.keyNotEncrypted, zh: "", en: "")) { try KeyFile.load(plain, passphrase: "x") }
    }

    @Test("The openssl command reads our key files, and we read its scrypt files")
    func opensslCommand() throws {
        let key = try PrivateKey.generate(.es256)
        try KeyFile.save(key, passphrase: "x", to: path)
        let publicPath = directory.path + "/public.pem"
        try openssl("pkey", "-in", path, "-passin", "pass:x", "-pubout", "-out", publicPath)
        #expect(try PublicKey(pem: String(contentsOfFile: publicPath, encoding: .utf8)).kid == key.publicKey.kid)

        let other = directory.path + "/other.key"
        let plain = directory.path + "/plain.pem"
        try openssl("genpkey", "-algorithm", "ED25519", "-out", plain)
        try openssl("pkcs8", "-topk8", "-scrypt", "-in", plain, "-passout", "pass:y", "-out", other)
        #expect(try KeyFile.load(other, passphrase: "y").algorithm == .ed25519)
    }

    private func openssl(_ arguments: String...) throws {
        let ended = try Command(["/bin/sh", "-c", "exec openssl \"$@\" 2>/dev/null", "openssl"] + arguments).run()
        try #require(ended.exitCode == 0, "openssl \(arguments.joined(separator: " "))")
    }
}

extension Passphrase: ExpressibleByStringLiteral {
    public convenience init(stringLiteral text: String) { self.init(text.utf8) }
}
