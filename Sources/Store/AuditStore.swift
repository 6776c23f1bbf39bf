import AuditLog
import StatusList

package protocol AuditReading {
    func lastAuditEntry() throws -> AuditEntry?
    /// In order, after the given sequence.
    func auditEntries(after sequence: Int, limit: Int) throws -> [AuditEntry]
    /// The first serial never used of every series that was.
    func serialMarks() throws -> [String: Int]
}

package protocol AuditWriting: AuditReading {
    /// Writes an act down in the transaction in which it takes effect: both, or neither.
    @discardableResult
    func append(_ act: AuditAct) throws -> AuditEntry
}

extension AuditAct {
    /// - Parameter digest: over the identity and version of each certificate, in the store's order.
    package init(_ act: StatusAct, count: Int, digest: [UInt8]) {
        self.init(
            .statusChanged, actor: act.actor,
            subject: "\(act.transition.rawValue) \(count) certificates, \(act.reason.rawValue)", digest: digest,
            reason: act.note, time: act.time)
    }

    /// Of an act that somebody approved.
    package init(_ kind: Kind, _ approval: Approval, subject: String, digest: [UInt8] = []) {
        self.init(
            kind, actor: approval.actor, subject: subject, digest: digest, reason: approval.reason,
            time: approval.time)
    }
}
