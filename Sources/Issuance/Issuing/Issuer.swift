import Audit
import AuditLog
import Credential
import Eligibility
import Errors
import PersonalData
import Pipelines
import Results
import Seal
import Signing
import Store
import Trust

/// Turns an approved plan into sealed certificates. docs/issuance-cycle.md explains the steps; killed
/// at any moment and run again, it ends with the same certificates.
package struct Issuer: Sendable {
    private let store: any IssuingStore
    private let keys: SigningKeys
    private let dataKeys: DataKeys
    private let trust: VerifiedTrustList
    private let status: StatusTerms
    private let now: @Sendable () -> Int
    private let dayStart: @Sendable (CalendarDate) -> Int

    /// - Parameters:
    ///   - status: where new certificates get their places in status lists.
    ///   - now: seconds since 1970.
    ///   - dayStart: when a day begins where the authority is, in seconds since 1970.
    package init(
        store: any IssuingStore, keys: SigningKeys, dataKeys: DataKeys, trust: VerifiedTrustList, status: StatusTerms,
        now: @escaping @Sendable () -> Int,
        dayStart: @escaping @Sendable (CalendarDate) -> Int = { $0.daysSinceEpoch * 86_400 }
    ) {
        self.store = store
        self.keys = keys
        self.dataKeys = dataKeys
        self.trust = trust
        self.status = status
        self.now = now
        self.dayStart = dayStart
    }

    /// Step 3. Records the approval of exactly this content on exactly these terms. A plan that was approved before is
    /// found again by its content, with the terms of that time.
    ///
    /// - Parameters:
    ///   - statement: of the plan.
    ///   - key: with which the certificates will be signed, as the statement says.
    ///   - photos: SHA-256 of each row's photo, as the statement's look has them.
    ///   - isValidFromAwardDate: lets the award date lie ahead: the certificates are valid from that day.
    ///   - approval: names the actor who vouches for the statement's digest.
    package func approve(
        _ plan: BatchPlan, _ statement: BatchStatement, of institution: Institution, key: PublicKey,
        photos: [Int: [UInt8]] = [:], isValidFromAwardDate: Bool = false, approval: Approval
    ) async throws -> Batch {
        if let batch = try await batch(of: plan) { return batch }
        guard statement.content == plan.digest, statement.key == key.kid else { throw Self.contentChanged }
        let terms = try terms(of: institution, awardDate: statement.awardDate, key: key)
        try terms.check(plan, isValidFromAwardDate: isValidFromAwardDate, now: now())
        let approved = try BatchApproval(statement, approval)
        return try await store.write { transaction in
            if let batch = try transaction.batch(content: plan.digest) { return batch }
            try transaction.save(plan.failedResits, of: plan.institution)
            let batch = try transaction.insertBatch(
                content: plan.digest, institution: plan.institution, awardDate: statement.awardDate, approved,
                chunks: plan.chunks)
            try transaction.save(photos: photos, of: batch.id)
            try transaction.append(
                AuditAct(.batchApproved, approval, subject: .batch(batch.id), digest: batch.digest))
            return batch
        }
    }

    /// The batch in which this very content was approved before, if it was.
    package func batch(of plan: BatchPlan) async throws -> Batch? {
        try await store.read { try $0.batch(content: plan.digest) }
    }

    /// Steps 4 to 6 for all that the batch still lacks.
    ///
    /// - Parameters:
    ///   - sheet: the same sheet from its first row.
    ///   - onFindings: receives the rows passed over because their holders have the certificate.
    ///   - onStep: told of each step taken; what it throws stops the issue, as a crash would.
    package func issue(
        _ batch: Batch, plan: BatchPlan, sheet: ResultSheet, planner: BatchPlanner, of institution: Institution,
        key: PublicKey,
        onFindings: @escaping ([Finding]) throws -> Void = { _ in },
        onProgress: @escaping (IssuanceProgress) -> Void = { _ in },
        onStep: @escaping (IssuanceStep) throws -> Void = { _ in }
    ) async throws {
        guard batch.completedAt == nil else { return }
        guard batch.content == plan.digest else { throw Self.contentChanged }
        guard batch.statement?.key == key.kid else { throw Self.keyNotApproved }
        let terms = try terms(of: institution, awardDate: batch.awardDate, key: key)
        try onStep(.approved)
        let preparer = ChunkPreparer(planner: planner, plan: plan, dataKeys: dataKeys, terms: terms)
        var line = SigningLine(
            store: store, preparer: preparer, batch: batch, keys: keys, now: now, onStep: onStep)
        let before = try await store.read { try $0.progress(of: batch.id) }
        func report() {
            let total = max(plan.bins[.issued], before.prepared)
            onProgress(IssuanceProgress(stage: .signing, done: before.sealed + line.keptCount, total: total))
        }
        do {
            try await line.signRest()
            report()
            let unprepared = try await store.read { try $0.unpreparedChunks(of: batch.id) }
            let positions = Set(unprepared.map(\.position))
            var reader = sheet.reader()
            try await OrderedPipeline.run(
                next: { try Self.nextChunk(of: &reader, in: positions) },
                transform: { try preparer.draft($0) },
                consume: { chunk in
                    let skipped = try await line.take(chunk)
                    if !skipped.isEmpty { try onFindings(skipped.map { Finding(sheetRow: $0, rule: .issuedBefore) }) }
                    report()
                })
            try await line.finish()
            report()
        } catch {
            await line.abandon()
            throw error
        }
    }

    private func terms(
        of institution: Institution, awardDate: CalendarDate, key: PublicKey
    ) throws(IssuanceError) -> IssuanceTerms {
        try IssuanceTerms(
            institution: institution, awardDate: awardDate, awardStart: dayStart(awardDate), key: key, status: status,
            trust: trust, now: now())
    }

    private static func nextChunk(of reader: inout SheetReader, in positions: Set<Int>) throws -> SheetChunk? {
        while !positions.isEmpty, let chunk = try reader.nextChunk() {
            if positions.contains(chunk.index) { return chunk }
        }
        return nil
    }

    static let keyNotApproved = IssuanceError(
        .keyNotTrusted, zh: "该批次是为另一个签名密钥批准的；请按现在签名的密钥重新批准",
        en: "the batch was approved for another signing key; approve it again for the one that signs now")

    static let contentChanged = IssuanceError(
        .contentChanged, zh: "签发过程中成绩表被改动；请放回批准时的成绩表后重新运行",
        en: "the sheet changed while it was being issued; put the approved sheet back and run again")
}

extension Rule {
    /// results.md, 26: a correction or another level is something else.
    package static let alreadyHeld = Rule(
        "already-held", 26, .ask, zh: "该考生已持有此职业此级别的证书，但成绩或日期与本行不同，请核对。",
        en: "The candidate holds this certificate already, from other marks or another day; check the row.")
    /// 54
    package static let issuedBefore = Rule(
        "issued-before", 54, .warn, zh: "本行已发过证书，不再重复发证。",
        en: "The certificate of this very result was issued before; no second one is.")
    package static let settled = Rule(
        "settled", nil, .warn, zh: "此项已由经办人核定，按原样处理。",
        en: "An officer has answered for this; the row went on as it stands.")
}
