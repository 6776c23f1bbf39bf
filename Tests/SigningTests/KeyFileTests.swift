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
        #expect(throws: SigningError(.wrongPassphrase, "")) { try KeyFile.load(path, passphrase: "wrong") }
        #expect(throws: SigningError(.wrongPassphrase, "")) {
            try PrivateKey.generate(.es256).encryptedPEM(passphrase: "")
        }
    }

    @Test("A key that others can read is refused until its mode is mended", arguments: [0o644, 0o640, 0o604, 0o660])
    func worldReadable(mode: Int) throws {
        try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        try FileManager.default.setAttributes([.posixPermissions: mode], ofItemAtPath: path)
        #expect(throws: SigningError(.insecurePermissions, "")) { try KeyFile.load(path, passphrase: "x") }
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        #expect(throws: Never.self) { try KeyFile.load(path, passphrase: "x") }
    }

    @Test("A secret is a file with one name; links to it are refused")
    func links() throws {
        try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        let (symbolic, hard) = (directory.path + "/symbolic.key", directory.path + "/hard.key")
        try FileManager.default.createSymbolicLink(atPath: symbolic, withDestinationPath: path)
        #expect(throws: SigningError(.insecurePermissions, "")) { try KeyFile.readSecret(symbolic) }
        #expect(throws: Never.self) { try KeyFile.readSecret(path) }
        try FileManager.default.linkItem(atPath: path, toPath: hard)
        for name in [path, hard] {
            #expect(throws: SigningError(.insecurePermissions, "")) { try KeyFile.readSecret(name) }
        }
        try FileManager.default.removeItem(atPath: hard)
        #expect(throws: Never.self) { try KeyFile.readSecret(path) }
        #expect(throws: SigningError(.insecurePermissions, "")) { try KeyFile.readSecret(directory.path) }
    }

    @Test("A file on its way has a name that nobody foresees, and writes through no link")
    func temporaryNames() throws {
        let names = try (0..<100).map { _ in try TemporaryFile.name(beside: path) }
        #expect(Set(names).count == 100)
        // What a name could be foreseen by is no part of it.
        let victim = directory.path + "/victim"
        try Data("kept".utf8).write(to: URL(filePath: victim))
        let foreseen = "\(path).new-\(ProcessInfo.processInfo.processIdentifier)"
        try FileManager.default.createSymbolicLink(atPath: foreseen, withDestinationPath: victim)
        try DurableFile.replace([1, 2, 3], at: path)
        #expect(try String(contentsOfFile: victim, encoding: .utf8) == "kept")
        #expect(try DurableFile.read(path) == [1, 2, 3])
        let left = try FileManager.default.contentsOfDirectory(atPath: directory.path).filter { $0.contains(".new-") }
        #expect(left == [URL(filePath: foreseen).lastPathComponent])
    }

    @Test("A file that is whole gets its name, one that is given up leaves nothing", arguments: [false, true])
    func temporaryFiles(isNamed: Bool) throws {
        func names() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: directory.path) }
        func file() throws -> TemporaryFile {
            let file =
                try isNamed
                ? TemporaryFile(namedBeside: path, mode: 0o600) : TemporaryFile(beside: path, mode: 0o600)
            #expect(write(file.descriptor, "new", 3) == 3)
            // The same file by a name, for libraries.
            #expect(try DurableFile.read(file.openPath) == Array("new".utf8))
            return file
        }
        _ = try file()
        #expect(try names().isEmpty)
        // On this machine's file systems it has no name; the control: one that has is seen.
        let first = try file()
        #expect(try names().count == (isNamed ? 1 : 0))
        try first.create()
        #expect(try DurableFile.read(path) == Array("new".utf8))
        #expect(throws: SigningError(.alreadyExists, "")) { try file().create() }
        try Data("old".utf8).write(to: URL(filePath: path))
        try file().replace()
        #expect(try DurableFile.read(path) == Array("new".utf8))
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(throws: SigningError(.fileAccess, "")) {
            _ = try TemporaryFile(beside: directory.path + "/missing/file", mode: 0o600)
        }
        withExtendedLifetime(first) {}
    }

    @Test("A key in the clear is refused, and an existing key is never overwritten")
    func plainAndExisting() throws {
        try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        #expect(throws: SigningError(.alreadyExists, "")) {
            try KeyFile.save(PrivateKey.generate(.es256), passphrase: "x", to: path)
        }
        let plain = directory.path + "/plain.key"
        try openssl("genpkey", "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-256", "-out", plain)
        #expect(throws: SigningError(.keyNotEncrypted, "")) { try KeyFile.load(plain, passphrase: "x") }
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
        let process = Process()
        process.executableURL = URL(filePath: "/usr/bin/openssl")
        process.arguments = arguments
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        try #require(process.terminationStatus == 0, "openssl \(arguments.joined(separator: " "))")
    }
}

extension Passphrase: ExpressibleByStringLiteral {
    public convenience init(stringLiteral text: String) { self.init(text.utf8) }
}
