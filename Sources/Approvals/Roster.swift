import Credential
import Errors
import Store

/// The approvers, and whether acts need their signatures: kept with the keys that sign, where no front can write.
package struct Roster: Hashable, Sendable {
    package enum Approvals: String, Sendable {
        /// A name is enough.
        case unsigned
        /// Only a signature is.
        case signed
    }

    package enum ApproverKeys: String, Sendable {
        /// Passkeys that never leave their device, and files.
        case deviceBound = "device-bound"
        /// Also passkeys that are copied between devices.
        case synced
    }

    package var approvals = Approvals.unsigned
    package var approverKeys = ApproverKeys.deviceBound
    /// Where passkeys are used; nil until one is added.
    package var origin: String?
    /// In the order in which they were added, ended ones too.
    package var approvers: [Approver] = []

    package init() {}

    package func approver(_ account: AccountID, _ credential: [UInt8]) -> Approver? {
        approvers.last { $0.account == account && $0.credential == credential }
    }

    /// The persons who may approve now.
    package func persons(at time: Int) -> Set<AccountID> {
        Set(approvers.filter { $0.isGood(at: time) }.map(\.account))
    }

    /// - Throws: ``ApprovalErrorCode/synced`` for a passkey that may exist on several devices, unless that is allowed;
    ///   ``ApprovalErrorCode/rosterRefused`` for a key that is there.
    package mutating func add(_ approver: Approver) throws {
        try require(approver)
        // One that was written here and never recorded, because its adding was interrupted, is the same entry.
        guard !approvers.contains(where: { $0.credential == approver.credential && $0.endedAt == nil }) else {
            throw ApprovalError(
                .rosterRefused, zh: "名册里已有这把密钥", en: "the roster has this key already")
        }
        approvers.append(approver)
    }

    func require(_ approver: Approver) throws(ApprovalError) {
        guard case .passkey(_, _, true) = approver.key, approverKeys == .deviceBound else { return }
        throw ApprovalError(
            .synced, zh: "这把通行密钥可以在多台设备上使用，不能用来批准；请用不离开设备的密钥",
            en: "this passkey can be copied between devices and approves nothing; use one that never leaves its device")
    }

    package mutating func end(_ credential: [UInt8], at time: Int) throws -> Approver {
        guard
            let place = approvers.lastIndex(where: { $0.credential == credential && $0.endedAt == nil })
        else {
            throw ApprovalError(
                .unknownApprover, zh: "名册里没有这把密钥", en: "the roster has no such key")
        }
        approvers[place].endedAt = time
        return approvers[place]
    }
}
