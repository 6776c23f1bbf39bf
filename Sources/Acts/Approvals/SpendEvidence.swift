import Accounts
import Approvals
import Audit
import AuditLog
import Errors
import Store

/// Takes signed statements that came in files, for just what is done next: recorded, checked and used in one transaction.
package struct SpendEvidence: Act {
    private let files: [EvidenceFile]
    private let subject: String
    private let content: ApprovedContent
    private let persons: Int
    private let check: ApprovalCheck

    /// - Parameter persons: how many must have signed.
    package init(
        _ files: [EvidenceFile], of subject: String, _ content: ApprovedContent, persons: Int = 1,
        by check: ApprovalCheck
    ) {
        (self.files, self.subject, self.content) = (files, subject, content)
        (self.persons, self.check) = (persons, check)
    }

    package var permission: Permission { .approve }

    /// - Returns: the first approver, as whom it is done, and the number of the evidence.
    @discardableResult
    package func perform(
        in transaction: any StoreWriting, by actor: Actor, at time: Int
    ) throws -> (AccountID, EvidenceID) {
        guard let first = files.first, Set(files.map(\.statement.account)).count >= persons else {
            throw ApprovalError(
                .notSigned, zh: "需要 \(persons) 位审批人的签名", en: "the signatures of \(persons) approvers are needed",
                remedy: .signApproval)
        }
        let used = try files.map { try spend($0.signed(for: subject), in: transaction, at: time) }
        return (first.statement.account, used[0])
    }

    private func spend(
        _ signed: SignedStatement, in transaction: any StoreWriting, at time: Int
    ) throws -> EvidenceID {
        let evidence: ApprovalEvidence
        do {
            evidence = try transaction.insert(signed, at: time)
        } catch let error as StoreError where error.code == .conflict { throw ApprovalError.spent }
        let entry = try transaction.append(try AuditAct(signing: evidence))
        let statement = try check.statement(
            of: signed, at: ApprovalHistory.Place(entry), after: transaction.counter(before: evidence),
            hashes: transaction.auditHash)
        try check.require(content, approvedBy: statement)
        try transaction.conclude(evidence.id, EvidenceOutcome(at: time))
        return evidence.id
    }
}

extension AuditAct {
    /// That a statement came in with a signature, not yet checked.
    package init(signing evidence: ApprovalEvidence) throws {
        self.init(
            .approvalSigned, actor: evidence.signed.account.actorName, subject: .approval(evidence),
            digest: try evidence.signed.digest, time: evidence.at)
    }
}

extension AuditSubject {
    package static func approval(_ evidence: ApprovalEvidence) -> AuditSubject {
        [
            .approval: .text("\(evidence.signed.act) \(evidence.signed.subject)"),
            .evidence: .number(Int(evidence.id.value)),
        ]
    }
}
