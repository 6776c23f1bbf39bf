import Credential
import Encodings
import Signing
import Store

/// Who has signed in lately. Kept in the store, so that any server goes on with a session.
package struct StaffSessions: Sendable {
    /// From sign-in to the end, however busy; less for who may do much.
    package static let (seconds, powerfulSeconds) = (12 * 3600, 8 * 3600)

    private let store: any AccountStore

    package init(_ store: any AccountStore) { self.store = store }

    /// - Parameter device: what the browser calls itself, in a few words.
    /// - Returns: the token of a new session, for the cookie alone.
    package func begin(
        for account: Account, by method: StaffSession.Method = .passkey, device: String = "", on day: CalendarDate,
        at time: Int
    ) async throws -> String {
        let token = Base64URL.encode(try SecureRandom.bytes(32))
        let digest = try SHA256.digest(token.utf8)
        try await store.write { transaction in
            let isPowerful = try transaction.roles(of: account.id).contains {
                $0.isGood(on: day) && Role(rawValue: $0.role)?.isPowerful == true
            }
            let session = StaffSession(
                digest: digest, account: account.id, epoch: account.epoch, begunAt: time, seenAt: time,
                endsAt: time + (isPowerful ? Self.powerfulSeconds : Self.seconds), method: method, device: device)
            try transaction.insert(session, at: time)
        }
        return token
    }

    /// Found by the digest, so that the time tells nothing of the token. A page that is read writes once a minute at most.
    package func find(_ token: String, on day: CalendarDate, at time: Int) async throws -> SignedIn? {
        let digest = try SHA256.digest(token.utf8)
        let found = try await store.read { reading -> SignedIn? in
            guard let session = try reading.staffSession(digest: digest, at: time),
                let account = try reading.account(session.account), account.state == .active
            else { return nil }
            return SignedIn(account, session, roles: try reading.roles(of: account.id), on: day)
        }
        if let found, time - found.session.seenAt >= StaffSession.seenSeconds {
            try await store.write { try $0.markSeen(staffSession: digest, at: time) }
        }
        return found
    }

    /// One of the account's; nothing happens to another's.
    package func end(_ digest: [UInt8], of account: AccountID, at time: Int) async throws {
        try await store.write { transaction in
            guard try transaction.staffSessions(of: account, at: time).contains(where: { $0.digest == digest }) else {
                return
            }
            try transaction.endStaffSession(digest: digest)
        }
    }

    /// All of the account but this one.
    package func endOthers(than session: StaffSession) async throws {
        try await store.write { try $0.endStaffSessions(of: session.account, except: session.digest) }
    }

    package func end(_ session: StaffSession) async throws {
        try await store.write { try $0.endStaffSession(digest: session.digest) }
    }
}
