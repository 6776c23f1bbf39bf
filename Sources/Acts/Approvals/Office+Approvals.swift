import Accounts
import Approvals
import Audit
import AuditLog
import Credential
import Errors
import HomeFolder
import Signing
import Store

extension Home {
    /// By which approvals are checked again.
    package func approvalBasis() throws -> ApprovalBasis {
        ApprovalBasis(try Roster(file: rosterPath), root: try rootPublicKey().kid)
    }
}

extension Office {
    package func roster() throws -> Roster { try Roster(file: home.rosterPath) }

    /// What the whole record says of approvers and approvals.
    package func approvalHistory(after earlier: ApprovalHistory = ApprovalHistory()) async throws -> ApprovalHistory {
        var history = earlier
        while true {
            let last = history.last
            let page = try await store.read { try $0.auditEntries(after: last, limit: 2000) }
            guard !page.isEmpty else { return history }
            for entry in page { history.add(entry) }
        }
    }

    package func approvalCheck(after earlier: ApprovalHistory = ApprovalHistory()) async throws -> ApprovalCheck {
        ApprovalCheck(try roster(), try await approvalHistory(after: earlier), root: try home.rootPublicKey().kid)
    }

    /// What somebody is to sign, at this place of the record.
    package func statement(
        of content: ApprovedContent, for account: AccountID, key: [UInt8], at time: Int
    ) async throws -> Statement {
        let last = try await store.read { try $0.lastAuditEntry() }
        return try Statement(
            root: home.rootPublicKey().kid, act: content.act, subjectDigest: content.digest, lines: content.lines,
            account: account, credential: key, sequence: last?.sequence ?? 0,
            hash: last?.hash ?? AuditEntry.noPrevious, time: time, random: try SecureRandom.bytes(16))
    }
}

extension Proposal {
    /// By which a signed statement names it.
    package var subject: String { "\(kind.rawValue) \(name.prefix(16))" }

    /// What a signature over it approves.
    ///
    /// - Parameter institution: whose things alone are changed; nil for those of several.
    package func content(_ institution: InstitutionID?) -> ApprovedContent {
        let act: StatementAct =
            switch kind {
            case .batch: .issue
            case .look: .looks
            case .campaign: .reissue
            case .status: .status
            case .registry: .registry
            case .key: .keys
            }
        return ApprovedContent(
            act, digest: digest,
            lines: StatementLines.act(act, subject: subject, count: count, summary: summary, digest: digest),
            institution: institution, contributors: [])
    }
}
