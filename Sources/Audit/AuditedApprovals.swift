import Approvals
import AuditLog
import Credential
import Errors
import Signing
import Store

/// By what approvals are checked again: the roster that lies with the keys, and the installation's root key.
package struct ApprovalBasis: Sendable {
    let roster: Roster
    let root: KeyID

    package init(_ roster: Roster, root: KeyID) { (self.roster, self.root) = (roster, root) }
}

/// Signed statements as the log has them, to be compared with those that are kept and, with a roster, checked again.
struct AuditedApprovals: Sendable {
    /// What a signature approved where signatures were needed.
    private struct Approved {
        let acts: Set<StatementAct>
        let entry: AuditEntry
    }

    private let basis: ApprovalBasis?
    private var history = ApprovalHistory()
    private var signed: [AuditEntry] = []
    private var refused: Set<[UInt8]> = []
    private var approved: [Approved] = []

    init(_ basis: ApprovalBasis?) { self.basis = basis }

    mutating func add(_ entry: AuditEntry) {
        if history.signedSince != nil, let acts = Self.statements(for: entry.act.kind) {
            approved.append(Approved(acts: acts, entry: entry))
        }
        history.add(entry)
        switch entry.act.kind {
        case .approvalSigned: signed.append(entry)
        case .approvalRefused: refused.insert(entry.act.digest)
        default: break
        }
    }

    /// The acts that nobody makes without a signature, once signatures are needed.
    private static func statements(for kind: AuditAct.Kind) -> Set<StatementAct>? {
        switch kind {
        case .batchApproved: [.issue]
        // With another look, or for another key.
        case .batchReapproved: [.looks, .issue]
        case .reissueApproved, .corrected: [.reissue]
        case .statusChanged: [.status]
        case .registryImported: [.registry]
        default: nil
        }
    }

    func check(against store: any StoreReading) throws {
        let entries = Dictionary(grouping: signed, by: \.act.digest)
        var used: [(evidence: ApprovalEvidence, sequence: Int)] = []
        var (last, count): (EvidenceID?, Int) = (nil, 0)
        while true {
            let page = try store.evidence(after: last, limit: 500)
            guard let end = page.last else { break }
            for evidence in page {
                let entry = try Self.entry(of: evidence, in: entries)
                if try isUsed(evidence, in: store) {
                    try recheck(evidence, entry, in: store)
                    used.append((evidence, entry.sequence))
                }
            }
            (last, count) = (end.id, count + page.count)
        }
        guard count == signed.count else {
            throw AuditProblem(
                .contradicted, zh: "记录过 \(signed.count) 份签名的批准，但数据库中有 \(count) 份",
                en: "\(signed.count) signed approvals were recorded, but the database has \(count)")
        }
        try checkApproved(by: used)
    }

    private static func entry(
        of evidence: ApprovalEvidence, in entries: [[UInt8]: [AuditEntry]]
    ) throws -> AuditEntry {
        let found = entries[try evidence.signed.digest] ?? []
        guard let entry = found.first, found.count == 1, entry.act.time == evidence.at,
            entry.act.subject[number: .evidence] == Int(evidence.id.value)
        else { throw contradicted(evidence) }
        return entry
    }

    private func isUsed(_ evidence: ApprovalEvidence, in store: any StoreReading) throws -> Bool {
        let outcome = try store.outcome(of: evidence.id)
        let isRefused = try refused.contains(evidence.signed.digest)
        guard isRefused == (outcome?.refusal != nil) else { throw Self.contradicted(evidence) }
        return outcome != nil && !isRefused
    }

    /// Hash, challenge, signature, user verification, the key's place on the roster then, and that the approver had no hand
    /// in it.
    private func recheck(_ evidence: ApprovalEvidence, _ entry: AuditEntry, in store: any StoreReading) throws {
        guard let basis else { return }
        let check = ApprovalCheck(basis.roster, history, root: basis.root)
        do {
            let statement = try check.statement(
                of: evidence.signed, at: ApprovalHistory.Place(entry), after: store.counter(before: evidence),
                hashes: store.auditHash)
            guard statement.act == .issue, let id = Submission.id(inSubject: evidence.signed.subject) else { return }
            let submission = try store.submission(id)
            let approvals = try submission?.batch.map { try store.approvals(of: $0) } ?? []
            guard let submission, !submission.contributors.contains(statement.account),
                approvals.contains(where: { $0.digest == statement.subjectDigest })
            else { throw Self.contradicted(evidence) }
        } catch let error as any Explained where !(error is StoreError || error is AuditProblem) {
            throw AuditProblem(
                contradicted: BilingualText(zh: "批准凭证 \(evidence.id.value)", en: "evidence \(evidence.id.value)")
                    .followed(by: error.words))
        }
    }

    /// Each act that needed a signature has one of its own, from before.
    private func checkApproved(by used: [(evidence: ApprovalEvidence, sequence: Int)]) throws {
        var left = used
        for act in approved {
            let place = left.firstIndex { candidate in
                let signed = candidate.evidence.signed
                // Of statuses the record has another digest than the proposal: it is the approver's, then.
                let isOfIt =
                    act.acts == [.status]
                    ? act.entry.act.actor == "account \(signed.account)" : act.entry.act.digest == signed.subjectDigest
                return act.acts.contains { $0.rawValue == signed.act } && candidate.sequence < act.entry.sequence
                    && isOfIt
            }
            guard let place else {
                throw AuditProblem(
                    .contradicted, zh: "第 \(act.entry.sequence) 条记录（\(act.entry.act.words.zh)）没有审批人的签名",
                    en: "entry \(act.entry.sequence) (\(act.entry.act.words.en)) has no approver's signature")
            }
            left.remove(at: place)
        }
    }

    private static func contradicted(_ evidence: ApprovalEvidence) -> AuditProblem {
        AuditProblem(contradictedZh: "批准凭证 \(evidence.id.value)", en: "evidence \(evidence.id.value)")
    }
}

extension BilingualText {
    fileprivate func followed(by other: BilingualText) -> BilingualText {
        BilingualText(zh: "\(zh)（\(other.zh)）", en: "\(en) (\(other.en))")
    }
}
