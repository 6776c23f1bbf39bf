package protocol AccountReading {
    /// In the order in which they were made, ended ones too.
    func accounts() throws -> [Account]
    func account(_ id: AccountID) throws -> Account?
    /// In the order of their names, institutions and days.
    func roles(of account: AccountID) throws -> [AccountRole]
    /// In the order in which they were added.
    func passkeys(of account: AccountID) throws -> [Passkey]
    func passkey(id: [UInt8]) throws -> Passkey?
    /// Nil for one that is used or has expired.
    func enrolmentLink(digest: [UInt8], at time: Int) throws -> EnrolmentLink?
    /// Whose code it is; nil for one that is used or was never given.
    func recoveryCodeOwner(digest: [UInt8]) throws -> AccountID?
    /// How many codes are left.
    func recoveryCodeCount(of account: AccountID) throws -> Int
    /// Those of an account that go on, as ``staffSession(digest:at:)`` has it, the one seen last first.
    func staffSessions(of account: AccountID, at time: Int) throws -> [StaffSession]
    /// Nil for one that has ended, by its time, for want of requests, or since the account changed.
    func staffSession(digest: [UInt8], at time: Int) throws -> StaffSession?
}

package protocol AccountWriting: AccountReading {
    /// An id that is there already is a ``StoreError/Code/conflict``.
    func insert(_ account: Account) throws
    /// Ends all its sessions. An epoch that is not the next is a ``StoreError/Code/conflict``, and an account that is not
    /// there as well.
    func update(_ account: Account) throws
    /// Instead of those that there were.
    func setRoles(_ roles: [AccountRole], of account: AccountID) throws
    /// An id that is anybody's already is a ``StoreError/Code/conflict``.
    func insert(_ passkey: Passkey) throws
    /// One that is not there, or another account's, is ``StoreError/Code/notFound``.
    func removePasskey(id: [UInt8], of account: AccountID) throws
    /// - Parameter isDoubtful: whether the counter did not rise; once so, it is told until the passkey is removed.
    func recordUse(ofPasskey id: [UInt8], counter: Int, isDoubtful: Bool, at time: Int) throws
    /// Ends the account's earlier link.
    func save(_ link: EnrolmentLink) throws
    /// One that is used, expired or another's is ``StoreError/Code/notFound``.
    func useEnrolmentLink(digest: [UInt8], of account: AccountID, at time: Int) throws
    func removeEnrolmentLink(of account: AccountID) throws
    /// Instead of those that there were. SHA-256 of each.
    func setRecoveryCodes(_ digests: [[UInt8]], of account: AccountID) throws
    /// Uses a code up. One that is not there is ``StoreError/Code/notFound``.
    func useRecoveryCode(digest: [UInt8]) throws -> AccountID
    /// Those that have ended by then are forgotten. A digest that is there already is a ``StoreError/Code/conflict``.
    func insert(_ session: StaffSession, at time: Int) throws
    /// Nothing happens to one that is gone, nor to what was seen later.
    func markSeen(staffSession digest: [UInt8], at time: Int) throws
    func endStaffSession(digest: [UInt8]) throws
    /// - Parameter digest: of the one that goes on.
    func endStaffSessions(of account: AccountID, except digest: [UInt8]) throws
    /// Instead of the browser's earlier one for the same purpose; those that have expired are forgotten.
    func save(_ challenge: PasskeyChallenge, at time: Int) throws
    /// Takes it away, so that it is answered once. One that is not there or has expired is ``StoreError/Code/notFound``.
    func spendChallenge(of browser: [UInt8], for purpose: PasskeyChallenge.Purpose, at time: Int) throws
        -> PasskeyChallenge
    /// Counts a try: so many at once, then one each `seconds`. Two callers at once never share one.
    ///
    /// - Returns: false when there is none left; that uses nothing up.
    func takeAllowance(_ name: String, most: Int, seconds: Int, at time: Int) throws -> Bool
}
