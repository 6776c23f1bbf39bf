import Accounts
import Audit
import AuditLog
import Errors
import Store

/// Adds a passkey to the own account: the first by a link, one more when signed in, a new one by a recovery code.
package struct AddPasskey: Act {
    package enum Proof: Sendable {
        /// SHA-256 of a link's token.
        case link([UInt8])
        /// SHA-256 of a recovery code.
        case recoveryCode([UInt8])
        /// An account that is signed in.
        case session
    }

    private let passkey: Passkey
    private let proof: Proof
    private let codes: [[UInt8]]?

    /// - Parameter recoveryCodes: digests of new codes, instead of those that there were; nil keeps them.
    package init(_ passkey: Passkey, by proof: Proof, recoveryCodes: [[UInt8]]?) {
        (self.passkey, self.proof, codes) = (passkey, proof, recoveryCodes)
    }

    package var permission: Permission { .ownAccount }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        var account = try transaction.requiredAccount(passkey.account)
        let change: String
        do {
            change = try spend(in: transaction, at: time)
        } catch let error as StoreError where error.code == .notFound { throw AccountError.linkUsed }
        try transaction.append(try .account(account, .accountChanged, change, by: actor, at: time))
        if case .recoveryCode = proof {
            try transaction.insert(AccountNews(.recoveryCodeUsed, of: account.id, by: actor.name, at: time))
        }
        // Sessions from before go on only with who is signed in and adds one more.
        if case .session = proof {
        } else {
            account.state = .active
            account.epoch += 1
            try transaction.update(account)
        }
        try transaction.insert(passkey)
        if let codes { try transaction.setRecoveryCodes(codes, of: account.id) }
    }

    private func spend(in transaction: any StoreWriting, at time: Int) throws -> String {
        switch proof {
        case .link(let digest):
            try transaction.useEnrolmentLink(digest: digest, of: passkey.account, at: time)
            return "passkey-add by link"
        case .recoveryCode(let digest):
            guard try transaction.useRecoveryCode(digest: digest) == passkey.account else {
                throw AccountError.linkUsed
            }
            return "passkey-add by recovery code"
        case .session: return "passkey-add"
        }
    }
}

/// Removes one of the own passkeys, but not the last.
package struct RemovePasskey: Act {
    private let id: [UInt8]
    private let account: AccountID

    package init(_ id: [UInt8], of account: AccountID) { (self.id, self.account) = (id, account) }

    package var permission: Permission { .ownAccount }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        let account = try transaction.requiredAccount(account)
        guard try transaction.passkeys(of: account.id).contains(where: { $0.id != id }) else {
            throw AccountError(
                .lastPasskey, zh: "这是您唯一的通行密钥；请先添加另一把", en: "this is your only passkey; add another first")
        }
        try transaction.append(try .account(account, .accountChanged, "passkey-remove", by: actor, at: time))
        try transaction.removePasskey(id: id, of: account.id)
    }
}
