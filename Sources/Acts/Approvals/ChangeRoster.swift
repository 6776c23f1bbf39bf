import Accounts
import Approvals
import Audit
import AuditLog
import Credential
import Errors
import Files
import HomeFolder
import Signing
import Store

/// Adds and ends approvers, and says whether acts need their signatures. What is on record and not in the file, because
/// this was stopped between the two, approves nothing; the same command again mends it.
package struct ChangeRoster: Sendable {
    /// From so many persons on, more are added by the signatures of so many.
    package static let persons = 2

    private let office: Office

    package init(in office: Office) { self.office = office }

    /// - Parameters:
    ///   - origin: where passkeys are used.
    ///   - evidence: of two approvers, once there are two.
    package func add(
        _ approver: Approver, origin: String?, evidence: [EvidenceFile] = [], by actor: Actor, at time: Int
    ) async throws {
        try await office.store.read { try Self.requireOfficer(approver.account, in: $0) }
        try await change { roster in
            let needed = roster.persons(at: time).count >= Self.persons ? Self.persons : 0
            try roster.add(approver)
            if approver.isPasskey { roster.origin = origin }
            let content = try Self.content(adding: approver)
            try await record(
                try AuditAct(.approverAdded, approver, by: actor, at: time), evidence, of: needed, for: content,
                by: actor, at: time)
        }
    }

    /// At once, without a signature: it only takes something away.
    package func end(_ credential: [UInt8], by actor: Actor, at time: Int) async throws {
        try await change { roster in
            let ended = try roster.end(credential, at: time)
            try await record(
                try AuditAct(.approverEnded, ended, by: actor, at: time), [], of: 0, for: Self.release(),
                by: actor, at: time)
        }
    }

    /// - Parameter evidence: of two approvers, to let names be enough again.
    package func set(
        _ approvals: Roster.Approvals, evidence: [EvidenceFile] = [], by actor: Actor, at time: Int
    ) async throws {
        try await change { roster in
            guard approvals == .unsigned || roster.persons(at: time).count >= Self.persons else {
                throw ApprovalError(
                    .rosterRefused, zh: "须先有两位审批人；请先添加", en: "there must be two approvers first; add them",
                    remedy: .addApprover)
            }
            let needed = roster.approvals == .signed && approvals == .unsigned ? Self.persons : 0
            roster.approvals = approvals
            let act = AuditAct(
                .approvalsSet, actor: actor.name, subject: [.change: .text(approvals.rawValue)], time: time)
            try await record(act, evidence, of: needed, for: Self.release(), by: actor, at: time)
        }
    }

    private func change(_ body: (inout Roster) async throws -> Void) async throws {
        try Folder.create(office.home.signerPath, mode: 0o700)
        let lock = try await FileLock(office.home.signerPath + "/.lock")
        defer { lock.release() }
        var roster = try office.roster()
        try await body(&roster)
        try roster.save(to: office.home.rosterPath)
    }

    private func record(
        _ act: AuditAct, _ evidence: [EvidenceFile], of persons: Int, for content: SignedChange, by actor: Actor,
        at time: Int
    ) async throws {
        let spend =
            persons > 0
            ? SpendEvidence(
                evidence, of: content.subject, content.content, persons: persons, by: try await office.approvalCheck())
            : nil
        try await office.perform(RecordRosterChange(act: act, spend: spend), by: actor, at: time)
    }
}

/// A change of the roster that approvers sign.
package struct SignedChange: Sendable {
    package let subject: String
    package let content: ApprovedContent
}

extension ChangeRoster {
    /// What approvers sign to add another. When it was added is not part of it.
    package static func content(adding approver: Approver) throws -> SignedChange {
        let dateless = Approver(
            account: approver.account, credential: approver.credential, key: approver.key,
            institutions: approver.institutions, from: 0, until: approver.until)
        let scope = approver.institutions.map { $0.map(\.text).joined(separator: " ") }
        let summary = [
            BilingualText(zh: "增加审批人：账号 \(approver.account)", en: "add an approver: account \(approver.account)"),
            BilingualText(zh: "密钥校验码 \(try approver.fingerprint)", en: "fingerprint \(try approver.fingerprint)"),
            BilingualText(zh: "机构 \(scope ?? "全部")", en: "institutions \(scope ?? "all")"),
        ]
        return signed(summary, subject: "approver \(try approver.recordName)", digest: try dateless.digest)
    }

    /// What approvers sign so that acts need no signature any more.
    package static func release() throws -> SignedChange {
        let text = BilingualText(zh: "今后批准不再需要签名", en: "approvals need no signature from now on")
        return signed([text], subject: "approvals unsigned", digest: try SHA256.digest("approvals unsigned".utf8))
    }

    private static func signed(_ summary: [BilingualText], subject: String, digest: [UInt8]) -> SignedChange {
        SignedChange(
            subject: subject,
            content: ApprovedContent(
                .approver, digest: digest,
                lines: StatementLines.act(.approver, subject: subject, count: 1, summary: summary, digest: digest),
                institution: nil, contributors: []))
    }

    private static func requireOfficer(_ id: AccountID, in store: any StoreReading) throws {
        let account = try store.requiredAccount(id)
        let day = Clock.today()
        guard
            try store.roles(of: account.id).contains(where: { $0.role == Role.officer.rawValue && $0.isGood(on: day) })
        else {
            throw ApprovalError(
                .rosterRefused, zh: "该账号不是审批员，不能列为审批人", en: "the account is no officer's, and approves nothing")
        }
    }
}

private struct RecordRosterChange: Act {
    let act: AuditAct
    let spend: SpendEvidence?

    var permission: Permission { .changeApprovers }

    func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws {
        _ = try spend?.perform(in: transaction, by: actor, at: time)
        try transaction.append(act)
    }
}

extension AuditAct {
    fileprivate init(_ kind: Kind, _ approver: Approver, by actor: Actor, at time: Int) throws {
        self.init(
            kind, actor: actor.name,
            subject: [.account: .text(approver.account.description), .credential: .text(try approver.recordName)],
            digest: try approver.digest, time: time)
    }
}
