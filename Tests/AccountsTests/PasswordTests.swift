import Accounts
import Acts
import Encodings
import Errors
import PersonalData
import Signing
import Store
import StoreSQLite
import Synchronization
import TestSupport
import Testing

/// Signing in by password and code.
@Suite struct PasswordTests {
    private static let now = 1_783_000_000
    static let good = "四月的柳絮 flies over canals"

    private let directory: TemporaryDirectory
    private let store: SQLiteStore
    private let account: Account

    /// Which digests were made: their cost and salt.
    private final class Digests: Sendable {
        let made = Mutex<[[UInt8]]>([])
    }
    private let digests = Digests()

    init() async throws {
        directory = try TemporaryDirectory()
        store = try SQLiteStore(path: directory.path + "/test.sqlite")
        var account = try Account.invited("王海燕", at: Self.now)
        account.state = .active
        self.account = account
        try await store.write { [account] in
            try $0.insert(account)
            try $0.allowPassword(PasswordAccess(account: account.id, signInName: "wang", allowedAt: Self.now))
        }
    }

    /// With a quick digest in place of scrypt: what is tested is who is let in.
    private var desk: PasswordDesk {
        get throws {
            // 64 bytes, as the type asks.
            PasswordDesk(store.forAccounts, keys: DataKeys(bytes: Array(0..<64))!) { [digests] password, salt, cost in
                digests.made.withLock { $0.append(salt + [UInt8(cost.cost >> 16)]) }
                return try SHA256.digest(Array(password.utf8) + salt)
            }
        }
    }

    /// Sets the password, and tells the app's secret.
    private func set(_ password: String = good, at time: Int = now) async throws -> [UInt8] {
        let new = try desk.newCodeSecret(for: account.id, at: time)
        let code = try TimeCode.code(new.secret, step: TimeCode.step(at: time))
        let (secrets, step) = try await desk.secrets(
            new, password: password, code: code, words: ["王海燕", "wang"], for: account.id, at: time)
        try await store.write { [account] in try $0.setPassword(secrets, of: account.id, lastStep: step) }
        return new.secret
    }

    private func signIn(
        _ code: String, name: String = "wang", password: String = good, from client: String = "1", at time: Int
    ) async throws -> Account {
        try await desk.signIn(name, password: password, code: code, from: client, at: time)
    }

    @Test(
        "Codes are those of RFC 6238, appendix B, of which ours are the last six digits",
        arguments: [
            (59, "94287082"), (1_111_111_109, "07081804"), (1_111_111_111, "14050471"), (1_234_567_890, "89005924"),
            (2_000_000_000, "69279037"), (20_000_000_000, "65353130"),
        ])
    func vectors(time: Int, code: String) throws {
        let secret = Array("12345678901234567890".utf8)
        #expect(try TimeCode.code(secret, step: TimeCode.step(at: time)) == code.suffix(6))
        #expect(try TimeCode.code(Array(secret.reversed()), step: TimeCode.step(at: time)) != code.suffix(6))
    }

    @Test(
        "Secrets are shown as RFC 4648, section 10, has it",
        arguments: [
            ("", ""), ("f", "MY"), ("fo", "MZXQ"), ("foo", "MZXW6"), ("foob", "MZXW6YQ"), ("fooba", "MZXW6YTB"),
            ("foobar", "MZXW6YTBOI"),
        ])
    func base32(plain: String, text: String) { #expect(Base32.encode(Array(plain.utf8)) == text) }

    @Test("A digest is RFC 7914's, section 12, with its cost")
    func scrypt() throws {
        let cost = Scrypt.Cost(cost: 1024, blockSize: 8, parallelism: 16)
        #expect(
            Hex.encode(try Scrypt.digest("password", salt: Array("NaCl".utf8), cost: cost))
                == "fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b373162")
        #expect(try Scrypt.digest("x", salt: [1], cost: .staff).count == 32)
    }

    @Test("Name, password and code let somebody in, a step each way, and a code once")
    func signingIn() async throws {
        let secret = try await set()
        func code(_ step: Int) throws -> String { try TimeCode.code(secret, step: TimeCode.step(at: Self.now) + step) }
        // The step of the code by which it was set is used.
        await #expect(throws: AccountError.wrongPassword) { _ = try await signIn(code(0), at: Self.now) }
        #expect(try await signIn(code(1), at: Self.now).id == account.id)
        await #expect(throws: AccountError.wrongPassword) { _ = try await signIn(code(1), at: Self.now + 30) }
        let later = Self.now + 20 * 30
        for step in [18, 22] {
            await #expect(throws: AccountError.wrongPassword) { _ = try await signIn(code(step), at: later) }
        }
        #expect(try await signIn(code(19), at: later).id == account.id)
        #expect(try await signIn(code(20), at: later).id == account.id)
        // One that is before a used one is used.
        await #expect(throws: AccountError.wrongPassword) { _ = try await signIn(code(19), at: later) }
    }

    @Test("What is wrong is not told, and takes the same work")
    func sameAnswer() async throws {
        let secret = try await set()
        let time = Self.now + 300
        let code = try TimeCode.code(secret, step: TimeCode.step(at: time))
        let before = digests.made.withLock { $0.count }
        let wrong = [
            ("nobody", Self.good, code), ("wang", Self.good + "x", code), ("wang", Self.good, "000000"),
            ("wang", Self.good, ""), ("", "", ""), ("wang", String(repeating: "x", count: 5000), code),
        ]
        for (name, password, code) in wrong {
            await #expect(throws: AccountError.wrongPassword) {
                _ = try await signIn(
                    code, name: name, password: password, from: name + password.prefix(1) + code, at: time)
            }
        }
        let work = digests.made.withLock { $0.dropFirst(before).map { $0.last } }
        #expect(work == wrong.map { _ in 1 })
        var ended = account
        (ended.state, ended.epoch) = (.ended, 2)
        try await store.write { [ended] in try $0.update(ended) }
        await #expect(throws: AccountError.wrongPassword) { _ = try await signIn(code, from: "z", at: time) }
    }

    @Test("Ten tries, then one a minute, for a name and for a client")
    func tries() async throws {
        let secret = try await set()
        for number in 0..<10 {
            await #expect(throws: AccountError.wrongPassword) {
                _ = try await signIn("1", password: "no", from: "\(number)", at: Self.now)
            }
        }
        let code = try TimeCode.code(secret, step: TimeCode.step(at: Self.now + 1) + 1)
        await #expect(throws: AccountError.tooManyTries) { _ = try await signIn(code, from: "new", at: Self.now + 1) }
        for _ in 0..<10 {
            await #expect(throws: AccountError.wrongPassword) {
                _ = try await signIn("1", name: "other\(Int.random(in: 0...(.max)))", from: "one", at: Self.now)
            }
        }
        await #expect(throws: AccountError.tooManyTries) {
            _ = try await signIn("1", name: "other", from: "one", at: Self.now)
        }
        // The control: a minute later one try is there.
        let later = Self.now + 61
        #expect(
            try await signIn(TimeCode.code(secret, step: TimeCode.step(at: later)), from: "new", at: later).id
                == account.id)
    }

    @Test(
        "Passwords that are guessed first, or too short, are refused",
        arguments: [
            "", "elevenchars", "password1234", "Password!2024", "1qaz2wsx3edc", "2024qwerty123456", "abcabcabcabc",
            "aaaaaaaaaaaaaaaa", "王海燕王海燕王海燕王海燕", "wangwangwang12", "qwertyuiop1234", "line\nbreak in it now",
        ])
    func weak(password: String) {
        #expect { try PasswordRules.check(password, words: ["王海燕", "wang"]) } throws: {
            ($0 as? AccountError)?.code == .weakPassword
        }
    }

    @Test(
        "Long ones are taken, of whichever characters",
        arguments: [good, "correct horse battery", "白日依山尽黄河入海流欲穷", "tRz8-qM1v.Kp0"])
    func strong(password: String) throws { try PasswordRules.check(password, words: ["王海燕", "wang"]) }

    @Test("A new secret is its account's, for half an hour, and the app must have it")
    func setup() async throws {
        let new = try desk.newCodeSecret(for: account.id, at: Self.now)
        #expect(try desk.codeSecret(sealed: new.sealed, for: account.id, at: Self.now + 1799).secret == new.secret)
        let other = try Account.invited("李", at: Self.now)
        for (sealed, account, time) in [
            (new.sealed, account.id, Self.now + 1800), (new.sealed, other.id, Self.now), ("", account.id, Self.now),
            (new.sealed + "A", account.id, Self.now),
        ] {
            #expect(throws: AccountError.ceremonyOver) { try desk.codeSecret(sealed: sealed, for: account, at: time) }
        }
        await #expect(throws: AccountError.wrongCode) {
            _ = try await desk.secrets(
                new, password: Self.good, code: "12345", words: [], for: account.id, at: Self.now)
        }
        #expect(
            new.address(issuer: "鉴定中心", name: "wang.hy")
                == "otpauth://totp/%E9%89%B4%E5%AE%9A%E4%B8%AD%E5%BF%83:wang%2Ehy?secret=\(Base32.encode(new.secret))&issuer=%E9%89%B4%E5%AE%9A%E4%B8%AD%E5%BF%83"
        )
    }

    @Test(
        "A sign-in name is plain", arguments: ["", "a", "Wang", "王海燕", "a b", "-ab", String(repeating: "a", count: 33)])
    func badName(name: String) throws {
        #expect { try AllowPassword(account.id, signInName: name) } throws: {
            ($0 as? AccountError)?.code == .badSignInName
        }
        _ = try AllowPassword(account.id, signInName: "wang.hai-yan_2")
    }
}
