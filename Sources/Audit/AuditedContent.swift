import AuditLog
import Credential
import Errors
import Signing
import Store

/// What the log says was approved, prepared, changed and published, to be compared with what is kept now.
struct AuditedContent: Sendable {
    private var batches = AuditedBatches()
    private var campaigns = AuditedCampaigns()
    private var statuses = AuditedStatuses()
    private var approvals: AuditedApprovals
    private var trustLists: [Int: [UInt8]] = [:]

    init(_ basis: ApprovalBasis?) { approvals = AuditedApprovals(basis) }

    mutating func add(_ entry: AuditEntry) throws {
        try batches.add(entry.act)
        try campaigns.add(entry.act)
        statuses.add(entry.act)
        approvals.add(entry)
        guard entry.act.kind == .trustPublished, let number = entry.act.subject[number: .trustList] else { return }
        trustLists[number] = entry.act.digest
    }

    /// - Parameter marks: what the newest checkpoint says was used up.
    func check(against store: any StoreReading, marks: [String: Int]) throws {
        try batches.check(against: store)
        try campaigns.check(against: store)
        try statuses.check(against: store)
        try approvals.check(against: store)
        var newest: String?
        for (number, digest) in trustLists.sorted(by: { $0.key < $1.key }) {
            guard let jws = try store.trustList(sequence: number), try SHA256.digest(jws.utf8) == digest else {
                throw AuditProblem(contradictedZh: "信任列表 \(number)", en: "trust list \(number)")
            }
            newest = jws
        }
        let used = try store.usedMarks()
        for (mark, value) in marks.sorted(by: { $0.key < $1.key }) where used[mark] ?? 0 < value {
            throw AuditProblem(
                .contradicted, zh: "\(mark) 低于已签名的检查点所示：会被再次使用",
                en: "\(mark) stands lower than a signed checkpoint says: it would be used again")
        }
        // Last, as it takes longest.
        if let newest { try AuditedSeals(recorded: newest).check(against: store) }
    }
}

/// Parts as the log has them, by position, and how far they were found again. Several workers may have prepared them, in
/// any order.
struct PreparedParts {
    private var parts: ArraySlice<AuditedPart>
    private var (hasher, count): (SHA256Hasher, Int)

    init(_ parts: [AuditedPart]) throws {
        self.parts = parts.filter { $0.count > 0 }.sorted { $0.position < $1.position }[...]
        (hasher, count) = (try SHA256Hasher(), 0)
    }

    /// False for what was not prepared.
    mutating func add(_ update: (SHA256Hasher) throws -> Void) throws -> Bool {
        guard let part = parts.first else { return false }
        try update(hasher)
        count += 1
        guard count == part.count else { return true }
        guard try hasher.finalize() == part.digest else { return false }
        (hasher, count) = (try SHA256Hasher(), 0)
        parts.removeFirst()
        return true
    }

    /// Whether nothing that was prepared is missing.
    var isAtEnd: Bool { parts.isEmpty }
}

struct AuditedPart: Sendable {
    /// Of the part of a batch, or of the first certificate of a campaign's part.
    let position: CertificateKey
    let count: Int
    let digest: [UInt8]
}

extension AuditProblem {
    init(contradicted what: BilingualText) {
        self.init(
            .contradicted, zh: "\(what.zh)与审计记录所载不符，或已不再相符",
            en: "\(what.en) is not, or no longer, what the log says of it")
    }

    init(contradictedZh zh: String, en: String) { self.init(contradicted: BilingualText(zh: zh, en: en)) }
}
