import AuditLog
import Signing
import Store

/// What the log says was approved, prepared and published, to be compared with what is kept now.
struct AuditedContent {
    private var approvals: [String: AuditAct] = [:]
    private var parts: [String: [PreparedPart]] = [:]
    private var trustLists: [Int: [UInt8]] = [:]

    private struct PreparedPart {
        let count: Int
        let digest: [UInt8]
    }

    mutating func add(_ entry: AuditEntry) throws {
        let words = entry.act.subject.split(separator: " ").map(String.init)
        switch entry.act.kind {
        case .batchApproved: approvals[entry.act.subject] = entry.act
        case .batchPrepared:
            guard words.count == 6, let count = Int(words[5]) else { throw Self.contradiction(entry.act.subject) }
            parts["batch \(words[1])", default: []].append(PreparedPart(count: count, digest: entry.act.digest))
        case .trustPublished: if let number = words.last.flatMap({ Int($0) }) { trustLists[number] = entry.act.digest }
        default: break
        }
    }

    func check(against store: any Store) async throws {
        let batches = try await store.read { try $0.batches() }
        guard batches.count == approvals.count else {
            throw AuditProblem(
                .contradicted, "\(approvals.count) batches were approved, but the database has \(batches.count)")
        }
        for batch in batches { try await check(batch, in: store) }
        for (number, digest) in trustLists.sorted(by: { $0.key < $1.key }) {
            let jws = try await store.read { try $0.trustList(sequence: number) }
            guard let jws, try SHA256.digest(jws.utf8) == digest else {
                throw Self.contradiction("trust list \(number)")
            }
        }
    }

    private func check(_ batch: Batch, in store: any Store) async throws {
        let subject = batch.id.auditSubject
        guard AuditAct(.batchApproved, batch.approval, subject: subject, digest: batch.digest) == approvals[subject]
        else { throw Self.contradiction(subject) }
        // Until all is signed there are certificates that cannot be read back in the same way.
        guard batch.completedAt != nil else { return }
        var certificates = FirstVersions(store: store, batch: batch.id)
        for part in parts[subject] ?? [] {
            guard try await certificates.digest(ofNext: part.count) == part.digest else {
                throw Self.contradiction("a certificate of \(subject)")
            }
        }
        guard try await certificates.isAtEnd() else {
            throw AuditProblem(.contradicted, "\(subject) has more certificates than were prepared by the log")
        }
    }

    private static func contradiction(_ what: String) -> AuditProblem {
        AuditProblem(.contradicted, "\(what) is not, or no longer, what the log says of it")
    }
}

/// The payloads of a batch as they were prepared, page by page.
private struct FirstVersions {
    private static let pageSize = 2000
    let store: any Store
    let batch: BatchID
    private var page: [SealedVersion] = []
    private var place: VersionKey?

    init(store: any Store, batch: BatchID) {
        self.store = store
        self.batch = batch
    }

    /// Nil when there are fewer.
    mutating func digest(ofNext count: Int) async throws -> [UInt8]? {
        let hasher = try SHA256Hasher()
        for _ in 0..<count {
            guard let version = try await next() else { return nil }
            try hasher.update(version.payload)
        }
        return try hasher.finalize()
    }

    mutating func isAtEnd() async throws -> Bool { try await next() == nil }

    private mutating func next() async throws -> SealedVersion? {
        while true {
            if let version = page.popLast() {
                if version.key.version == 1 { return version }
                continue
            }
            let (batch, after) = (batch, place)
            page = try await store.read { try $0.sealedVersions(of: batch, after: after, limit: Self.pageSize) }
            guard let last = page.last else { return nil }
            place = last.key
            page.reverse()
        }
    }
}

extension BatchID {
    package var auditSubject: String { "batch \(value)" }
}
