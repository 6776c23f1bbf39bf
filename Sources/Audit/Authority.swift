import Errors
import Store

/// A change that somebody makes, together with what the record says of it. One file each, named by its verb.
package protocol Act: Sendable {
    associatedtype Outcome: Sendable = Void

    /// Without which nobody may make it.
    var permission: Permission { get }
    /// Whether it is for a signature alone, in an installation where acts need them.
    var needsSignature: Bool { get }

    /// Changes, and writes down what was done. May run more than once, as a transaction is begun anew; see ``Store``.
    func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws -> Outcome
}

extension Act {
    package var needsSignature: Bool { false }
}

/// The only place where acts are carried out: the record is current, the actor may, it is changed and written down in one
/// transaction, and the record's new end is signed before anybody is told.
package struct Authority: Sendable {
    private let trail: AuditTrail
    private let requireCurrent: @Sendable () async throws -> Void
    private let areApprovalsSigned: @Sendable () throws -> Bool

    /// - Parameters:
    ///   - requireCurrent: asks the trail in another way, such as one that is counted for whoever watches.
    ///   - areApprovalsSigned: whether what is approved needs a signature.
    package init(
        _ trail: AuditTrail, requireCurrent: (@Sendable () async throws -> Void)? = nil,
        areApprovalsSigned: @escaping @Sendable () throws -> Bool = { false }
    ) {
        (self.trail, self.areApprovalsSigned) = (trail, areApprovalsSigned)
        self.requireCurrent = requireCurrent ?? { try await trail.requireCurrent() }
    }

    /// - Parameter time: seconds since 1970.
    package func perform<A: Act>(
        _ act: A, in store: any Store, by actor: Actor, at time: Int
    ) async throws -> A.Outcome {
        if act.needsSignature { try await requireSignature(act.permission, by: actor) }
        return try await carryOut(act.permission, by: actor) {
            (try await store.write { try act.perform(in: $0, by: actor, at: time) }, time)
        }
    }

    /// A job: long, of many transactions that each write down what they did. Stopped at any moment, it goes on.
    ///
    /// - Parameter job: returns the time of its end as well, in seconds since 1970.
    package func carryOut<T>(
        _ permission: Permission, by actor: Actor, _ job: () async throws -> (T, time: Int)
    ) async throws -> T {
        try await begin(permission, by: actor)
        let (outcome, time) = try await job()
        try await trail.keepCheckpoint(at: time)
        return outcome
    }

    /// As ``begin(_:by:)``, before something is approved: by a signature, where approvals are signed.
    package func requireSignature(_ permission: Permission, by actor: Actor) async throws {
        try await begin(permission, by: actor)
        guard try areApprovalsSigned(), actor.front != .signature else { return }
        throw Refusal(
            .denied, zh: "这里的批准须有审批人的签名；没有任何更改", en: "approvals need an approver's signature here; nothing was changed",
            remedy: .signApproval)
    }

    /// Whether the actor may, and anything can be recorded: to be asked before a person is.
    package func begin(_ permission: Permission, by actor: Actor) async throws {
        try await requireCurrent()
        guard actor.permissions.contains(permission) else {
            throw Refusal(
                .denied, zh: "\(actor.name) 没有权限：\(permission.rawValue)",
                en: "\(actor.name) has no permission to do this: \(permission.rawValue)")
        }
    }
}
