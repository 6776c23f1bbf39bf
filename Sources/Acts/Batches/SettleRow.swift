import Audit
import AuditLog
import Store

/// Answers for a row that was asked about, so that it goes on as it stands.
package struct SettleRow: Act {
    private let rowKey: [UInt8]
    private let rules: [String]
    private let reason: String

    /// - Parameters:
    ///   - rowKey: of the row's content, for which the answer holds wherever it is sent again.
    ///   - rules: by their codes, all that asked.
    package init(_ rowKey: [UInt8], rules: [String], reason: String) {
        (self.rowKey, self.rules, self.reason) = (rowKey, rules, reason)
    }

    package var permission: Permission { .settle }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        let approval = Approval(actor: actor.name, reason: reason, time: time)
        for rule in rules {
            try transaction.save(Settlement(rowKey: rowKey, rule: rule, approval: approval))
            try transaction.append(AuditAct(.rowSettled, approval, subject: [.rule: .text(rule)], digest: rowKey))
        }
    }
}
