import Audit
import AuditLog
import Credential
import Errors
import Results
import Store

/// Steps 4 to 6 for chunk after chunk: while up to two are being signed, the one after them is prepared
/// and the one before them is kept, both in one transaction.
struct SigningLine {
    let store: any IssuingStore
    let preparer: ChunkPreparer
    let batch: Batch
    let keys: SigningKeys
    /// Seconds since 1970.
    let now: @Sendable () -> Int
    let onStep: (IssuanceStep) throws -> Void

    /// Oldest first. Two of them, so that the cores have work while a transaction waits for the disk.
    private var signing: [Task<[VersionSignature], any Error>] = []
    private static let mostSigning = 2
    /// Signed and not yet kept.
    private var signed: [VersionSignature] = []
    private(set) var keptCount = 0
    /// Whether each holder is looked up before the insertion. At graduation hardly anyone holds the
    /// certificate already, so that is left to the store's refusal until the first one is met.
    private var looksUpHolders = false

    init(
        store: any IssuingStore, preparer: ChunkPreparer, batch: Batch, keys: SigningKeys,
        now: @escaping @Sendable () -> Int,
        onStep: @escaping (IssuanceStep) throws -> Void
    ) {
        self.store = store
        self.preparer = preparer
        self.batch = batch
        self.keys = keys
        self.now = now
        self.onStep = onStep
    }

    /// - Returns: rows passed over because their holders already had the certificate.
    mutating func take(_ chunk: DraftedChunk) async throws -> [Int] {
        let outcome: ChunkPreparer.Outcome
        do {
            outcome = try await keepAndPrepare(chunk)
        } catch let error as StoreError where error.code == .conflict && !looksUpHolders {
            looksUpHolders = true
            outcome = try await keepAndPrepare(chunk)
        }
        try keep(signed.count)
        try onStep(.prepared)
        if signing.count == Self.mostSigning { try await finishSigning() }
        // From here the versions are durable: a crash leaves them to be found unsigned and signed.
        signing.append(SigningPool.start(SigningPermit(durable: outcome.versions), with: keys))
        return outcome.skipped
    }

    /// One transaction: all of it, or nothing.
    private func keepAndPrepare(_ chunk: DraftedChunk) async throws -> ChunkPreparer.Outcome {
        let (preparer, batch, signatures, issuedAt, looksUp) = (preparer, batch, signed, now(), looksUpHolders)
        return try await store.write { transaction in
            try transaction.insert(signatures)
            return try preparer.prepare(
                chunk, of: batch, issuedAt: issuedAt, looksUpHolders: looksUp, in: transaction)
        }
    }

    /// Signs versions that an earlier run left durable and unsigned.
    mutating func signRest() async throws {
        while true {
            let (batch, signatures) = (batch.id, signed)
            let rest = try await store.write { transaction in
                try transaction.insert(signatures)
                return try transaction.unsignedVersions(of: batch, limit: ResultSheet.defaultChunkRows)
            }
            try keep(signatures.count)
            if rest.isEmpty { return }
            signing.append(SigningPool.start(SigningPermit(durable: rest), with: keys))
            try await finishSigning()
        }
    }

    /// Keeps what is still under way and closes the batch.
    mutating func finish() async throws {
        while !signing.isEmpty {
            try await finishSigning()
            // Beside the signing of the last ones.
            if !signing.isEmpty { try await keepSigned() }
        }
        let (batch, signatures, time) = (batch, signed, now())
        try await store.write { transaction in
            try transaction.insert(signatures)
            guard try transaction.unpreparedChunks(of: batch.id).isEmpty else { throw Issuer.contentChanged }
            try transaction.complete(batch.id, at: time)
            try transaction.append(
                AuditAct(
                    .batchCompleted, actor: batch.approval.actor, subject: .batch(batch.id), digest: batch.digest,
                    time: time))
        }
        try keep(signatures.count)
        try onStep(.completed)
    }

    private mutating func keepSigned() async throws {
        let signatures = signed
        try await store.write { try $0.insert(signatures) }
        try keep(signatures.count)
    }

    /// Stops signing when something else failed; what was signed and not kept is signed again later.
    mutating func abandon() async {
        for task in signing { task.cancel() }
        for task in signing { _ = await task.result }
        signing = []
    }

    private mutating func finishSigning() async throws {
        signed += try await signing[0].value
        signing.removeFirst()
        try onStep(.signed)
    }

    private mutating func keep(_ count: Int) throws {
        guard count > 0 else { return }
        keptCount += count
        signed = []
        try onStep(.kept)
    }
}
