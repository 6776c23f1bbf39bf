import Approvals
import Audit
import Credential
import HomeFolder
import Parsing
import Store

/// An installation in which somebody acts: what it keeps, and who lets acts be carried out.
package struct Office: Sendable {
    package let home: Home
    package let store: any Store
    package let authority: Authority
    /// Read what others made.
    package let workers: ParsingPool

    /// - Parameter requireCurrent: as ``Authority`` has it.
    package init(
        _ home: Home, store: any Store, workers: ParsingPool,
        requireCurrent: (@Sendable () async throws -> Void)? = nil
    ) {
        (self.home, self.store, self.workers) = (home, store, workers)
        authority = Authority(home.trail(of: store.forAudits), requireCurrent: requireCurrent) {
            try Roster.areApprovalsSigned(at: home.rosterPath)
        }
    }

    /// Throws while an older backup is in place.
    package func requireCurrent() async throws { try await home.trail(of: store.forAudits).requireCurrent() }

    @discardableResult
    package func perform<A: Act>(_ act: A, by actor: Actor, at time: Int = Clock.now()) async throws -> A.Outcome {
        try await authority.perform(act, in: store, by: actor, at: time)
    }

    /// A job, whose last checkpoint is kept before anything of it is shown, so that what was shown is never forgotten.
    package func carryOut<T>(
        _ permission: Permission, by actor: Actor, _ job: () async throws -> T
    ) async throws -> T {
        try await authority.carryOut(permission, by: actor) { (try await job(), Clock.now()) }
    }
}
