import Credential
import Store

/// Somebody who is signed in, with the roles of the day.
package struct SignedIn: Sendable {
    /// Seconds for which a sign-in is fresh enough for what is dangerous.
    package static let freshSeconds = 300

    package enum Decision: Hashable, Sendable {
        case allowed(Grant)
        /// After another sign-in.
        case needsFreshSignIn
        /// - Parameter roles: which may.
        case denied(roles: [Role])
    }

    package let account: Account
    package let session: StaffSession
    /// Those that hold today.
    package let roles: [AccountRole]

    package init(_ account: Account, _ session: StaffSession, roles: [AccountRole], on day: CalendarDate) {
        (self.account, self.session) = (account, session)
        self.roles = roles.filter { $0.isGood(on: day) }
    }

    package var heldRoles: [Role] {
        let held = Set(roles.map(\.role))
        return Role.allCases.filter { held.contains($0.rawValue) }
    }

    package func isFresh(at time: Int) -> Bool { time < session.begunAt + Self.freshSeconds }

    /// - Parameter institution: whose thing it is; nil for what belongs to none.
    package func decide(_ act: StaffAct, at institution: InstitutionID? = nil, time: Int) -> Decision {
        var needsFreshSignIn = false
        for entry in roles {
            guard institution == nil || entry.institution == nil || entry.institution == institution,
                let role = Role(rawValue: entry.role), let grant = PermissionTable.grant(role, act)
            else { continue }
            if !grant.needsFreshSignIn || isFresh(at: time) { return .allowed(grant) }
            needsFreshSignIn = true
        }
        if needsFreshSignIn { return .needsFreshSignIn }
        return .denied(roles: Role.allCases.filter { PermissionTable.grant($0, act) != nil })
    }
}

extension AccountRole {
    package func isGood(on day: CalendarDate) -> Bool { from <= day && until.map { day <= $0 } ?? true }
}
