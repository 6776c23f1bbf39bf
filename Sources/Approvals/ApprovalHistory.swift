import AuditLog

/// What the record of acts says of approvers and of approvals, in its order.
package struct ApprovalHistory: Sendable {
    package struct Place: Hashable, Sendable {
        package let sequence: Int
        package let time: Int

        package init(_ entry: AuditEntry) { (sequence, time) = (entry.sequence, entry.act.time) }
    }

    /// The last entry that it knows.
    package private(set) var last = 0
    /// Whether acts need signatures, and since which entry they do.
    package private(set) var signedSince: Int?
    /// By the digest of the roster's entry: the spans in which it was good, the last of them perhaps without an end.
    private var spans: [[UInt8]: [(from: Int, to: Int?)]] = [:]
    private var signed: [[UInt8]: [Place]] = [:]

    package init() {}

    package mutating func add(_ entry: AuditEntry) {
        let (act, sequence) = (entry.act, entry.sequence)
        last = sequence
        switch act.kind {
        case .approverAdded: spans[act.digest, default: []].append((from: sequence, to: nil))
        case .approverEnded:
            guard var known = spans[act.digest], let open = known.popLast() else { return }
            spans[act.digest] = known + [(from: open.from, to: open.to ?? sequence)]
        case .approvalsSet: signedSince = act.subject[text: .change] == "signed" ? sequence : nil
        case .approvalSigned: signed[act.digest, default: []].append(Place(entry))
        default: break
        }
    }

    /// Whether the approver was on the roster there.
    package func has(_ approver: Approver, at sequence: Int) throws -> Bool {
        (spans[try approver.digest] ?? []).contains { $0.from < sequence && $0.to.map { sequence < $0 } ?? true }
    }

    /// Whether the record says of this entry of a roster that it was added.
    package func knows(_ approver: Approver) throws -> Bool { try spans[approver.digest] != nil }

    /// Where the record has it that this was signed; two places are one too many.
    package func places(ofEvidence digest: [UInt8]) -> [Place] { signed[digest] ?? [] }
}
