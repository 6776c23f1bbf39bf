/// That an account may sign in with a password and a code that changes, and how both are checked.
package struct PasswordAccess: Hashable, Sendable {
    /// How the password was digested, so that the cost can rise for those to come.
    package struct Digest: Hashable, Sendable {
        /// scrypt's N, r and p (RFC 7914 §2).
        package let cost, blockSize, parallelism: Int
        package let salt: [UInt8]
        package let bytes: [UInt8]

        package init(cost: Int, blockSize: Int, parallelism: Int, salt: [UInt8], bytes: [UInt8]) {
            (self.cost, self.blockSize, self.parallelism) = (cost, blockSize, parallelism)
            (self.salt, self.bytes) = (salt, bytes)
        }
    }

    /// Both at once, or neither yet.
    package struct Secrets: Hashable, Sendable {
        package let password: Digest
        /// The shared secret of RFC 6238, encrypted.
        package let codeBox: [UInt8]

        package init(password: Digest, codeBox: [UInt8]) { (self.password, self.codeBox) = (password, codeBox) }
    }

    package let account: AccountID
    /// What is typed to sign in.
    package let signInName: String
    package let allowedAt: Int
    package let secrets: Secrets?
    /// The last step of time whose code was taken; a step is good once.
    package let lastStep: Int

    package init(account: AccountID, signInName: String, allowedAt: Int, secrets: Secrets? = nil, lastStep: Int = 0) {
        (self.account, self.signInName, self.allowedAt) = (account, signInName, allowedAt)
        (self.secrets, self.lastStep) = (secrets, lastStep)
    }
}

package protocol PasswordReading {
    func passwordAccess(of account: AccountID) throws -> PasswordAccess?
    func passwordAccess(signInName: String) throws -> PasswordAccess?
}

package protocol PasswordWriting: PasswordReading {
    /// Without secrets, and instead of what there was. A name that is another's is a ``StoreError/Code/conflict``.
    func allowPassword(_ access: PasswordAccess) throws
    /// One that is not allowed is ``StoreError/Code/notFound``.
    func setPassword(_ secrets: PasswordAccess.Secrets, of account: AccountID, lastStep: Int) throws
    /// A step that is not later than the last is a ``StoreError/Code/conflict``.
    func useCode(ofStep step: Int, of account: AccountID) throws
    func endPassword(of account: AccountID) throws
}
