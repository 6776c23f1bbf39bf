import Encodings
import Errors
import PersonalData
import Signing
import Store

/// Signing in by a password and a code that changes, where an administrator allows it.
package struct PasswordDesk: Sendable {
    /// Tries at once, and seconds until the next, of one name and of one client.
    private static let (mostTries, trySeconds) = (10, 60)
    private static let cost = Scrypt.Cost.staff

    /// A slow digest, one after the other.
    package typealias Digester =
        @Sendable (
            _ password: String, _ salt: [UInt8], _ cost: Scrypt.Cost
        ) async throws -> [UInt8]

    private let store: any AccountStore
    private let keys: DataKeys
    private let digest: Digester

    package init(_ store: any AccountStore, keys: DataKeys, digest: @escaping Digester) {
        (self.store, self.keys, self.digest) = (store, keys, digest)
    }

    /// The same work and the same answer whether the name is unknown, the password or the code wrong, or the code used.
    ///
    /// - Parameter client: from where, for counting tries.
    package func signIn(
        _ name: String, password: String, code: String, from client: String, at time: Int
    ) async throws -> Account {
        let isTyped = password.utf8.count <= PasswordRules.mostBytes && name.utf8.count <= 64
        let nameKey = Hex.encode(try SHA256.digest(name.utf8).prefix(16))
        let isAllowed = try await store.write { transaction in
            let byName = try transaction.takeAllowance(
                "password \(nameKey)", most: Self.mostTries, seconds: Self.trySeconds, at: time)
            let byClient = try transaction.takeAllowance(
                "password from \(client)", most: Self.mostTries, seconds: Self.trySeconds, at: time)
            return byName && byClient
        }
        guard isAllowed else { throw AccountError.tooManyTries }
        let found = try await store.read { reading -> (Account, PasswordAccess, PasswordAccess.Secrets)? in
            guard isTyped, let access = try reading.passwordAccess(signInName: name), let secrets = access.secrets,
                let account = try reading.account(access.account), account.state == .active
            else { return nil }
            return (account, access, secrets)
        }
        let kept = found?.2.password ?? Self.nobodys
        let made = try await digest(
            isTyped ? password : "", kept.salt,
            Scrypt.Cost(cost: kept.cost, blockSize: kept.blockSize, parallelism: kept.parallelism))
        let isPassword = ConstantTime.areEqual(made, kept.bytes)
        guard let (account, _, secrets) = found,
            let step = try TimeCode.step(of: code, secret: open(secrets.codeBox, of: account.id), at: time),
            isPassword
        else { throw AccountError.wrongPassword }
        do {
            try await store.write { try $0.useCode(ofStep: step, of: account.id) }
        } catch let error as StoreError where error.code == .conflict { throw AccountError.wrongPassword }
        return account
    }

    /// Of nobody: no password has it.
    private static let nobodys = PasswordAccess.Digest(
        cost: cost.cost, blockSize: cost.blockSize, parallelism: cost.parallelism,
        salt: [UInt8](repeating: 0, count: Scrypt.saltByteCount), bytes: [])
}

// MARK: - Setting one

/// A secret that an app is given, before it is known that it has it.
package struct NewCodeSecret: Sendable {
    package let secret: [UInt8]
    /// The same for the form, readable here alone.
    package let sealed: String

    /// As apps take it from a QR code (Key URI Format).
    ///
    /// - Parameter issuer: without a colon.
    package func address(issuer: String, name: String) -> String {
        let escaped = { (text: String) in
            text.utf8.map { byte in
                let isPlain =
                    byte < 128 && (Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber)
                return isPlain ? String(UnicodeScalar(byte)) : "%" + Hex.encode([byte]).uppercased()
            }.joined()
        }
        let issuer = escaped(issuer)
        return "otpauth://totp/\(issuer):\(escaped(name))?secret=\(Base32.encode(secret))&issuer=\(issuer)"
    }
}

extension PasswordDesk {
    private static let setupSeconds = 1800

    package func newCodeSecret(for account: AccountID, at time: Int) throws -> NewCodeSecret {
        let secret = try SecureRandom.bytes(TimeCode.secretByteCount)
        return try codeSecret(secret, for: account, until: time + Self.setupSeconds)
    }

    /// - Throws: ``AccountError/ceremonyOver`` for one that is too old, or of another account.
    package func codeSecret(sealed: String, for account: AccountID, at time: Int) throws -> NewCodeSecret {
        guard let box = Base64URL.decode(sealed),
            let bytes = try? IdentityProtector(keys).open(box, label: Self.setup(account)),
            bytes.count == TimeCode.secretByteCount + 8
        else { throw AccountError.ceremonyOver }
        let end = bytes.suffix(8).reduce(0) { $0 << 8 | Int($1) }
        guard time < end else { throw AccountError.ceremonyOver }
        return NewCodeSecret(secret: Array(bytes.prefix(TimeCode.secretByteCount)), sealed: sealed)
    }

    /// What is kept of a new password, once the app has shown a code.
    ///
    /// - Parameter words: as ``PasswordRules`` has them.
    /// - Returns: with the step of the code, which is used then.
    package func secrets(
        _ new: NewCodeSecret, password: String, code: String, words: [String], for account: AccountID, at time: Int
    ) async throws -> (PasswordAccess.Secrets, step: Int) {
        try PasswordRules.check(password, words: words)
        guard let step = try TimeCode.step(of: code, secret: new.secret, at: time) else { throw AccountError.wrongCode }
        let salt = try SecureRandom.bytes(Scrypt.saltByteCount)
        let bytes = try await digest(password, salt, Self.cost)
        let kept = PasswordAccess.Digest(
            cost: Self.cost.cost, blockSize: Self.cost.blockSize, parallelism: Self.cost.parallelism, salt: salt,
            bytes: bytes)
        let box = try IdentityProtector(keys).seal(new.secret, label: Self.label(account))
        return (PasswordAccess.Secrets(password: kept, codeBox: box), step)
    }

    private func codeSecret(_ secret: [UInt8], for account: AccountID, until end: Int) throws -> NewCodeSecret {
        let time = stride(from: 56, through: 0, by: -8).map { UInt8(truncatingIfNeeded: end >> $0) }
        let box = try IdentityProtector(keys).seal(secret + time, label: Self.setup(account))
        return NewCodeSecret(secret: secret, sealed: Base64URL.encode(box))
    }

    private func open(_ box: [UInt8], of account: AccountID) throws -> [UInt8] {
        try IdentityProtector(keys).open(box, label: Self.label(account))
    }

    private static func label(_ account: AccountID) -> [UInt8] { Array("totp|".utf8) + account.bytes }
    private static func setup(_ account: AccountID) -> [UInt8] { Array("totp-setup|".utf8) + account.bytes }
}
