import Audit
import AuditLog
import Credential
import Eligibility
import Errors
import PersonalData
import Results
import Signing
import Store

/// A chunk whose rows stand ready for the store.
struct DraftedChunk: Sendable {
    let position: Int
    let drafts: [CertificateDraft]
    /// Of candidates without a certificate.
    let attempts: [AttemptRecord]
}

/// Step 4 of the issuance cycle.
struct ChunkPreparer: Sendable {
    let planner: BatchPlanner
    let plan: BatchPlan
    let dataKeys: DataKeys
    let terms: IssuanceTerms

    /// The part that needs no store, on any thread.
    func draft(_ chunk: SheetChunk) throws -> DraftedChunk {
        // What was approved is what is prepared, or nothing is.
        guard try ContentDigester().digest(of: chunk) == plan.textDigests[chunk.index] else {
            throw Issuer.contentChanged
        }
        let protector = try IdentityProtector(dataKeys)
        var (drafts, attempts): ([CertificateDraft], [AttemptRecord]) = ([], [])
        drafts.reserveCapacity(chunk.rowCount)
        let kept = try rows(of: chunk)
        let rows = kept.span
        for index in rows.indices {
            switch rows[index] {
            case .certifiable(let row) where !plan.withheld.contains(row.sheetRow):
                drafts.append(try CertificateDraft(row, protector: protector))
            case .resit(let sheetRow) where !plan.withheld.contains(sheetRow):
                guard let result = plan.joined[sheetRow] else { continue }
                drafts.append(try CertificateDraft(CertifiableRow(result), protector: protector))
            case .attempt(let judged, let outcome): attempts.append(try protector.record(judged, outcome: outcome))
            case .certifiable, .resit: continue
            }
        }
        return DraftedChunk(position: chunk.index, drafts: drafts, attempts: attempts)
    }

    /// The same text is judged alike, so what the plan has kept is what judging again would give.
    private func rows(of chunk: SheetChunk) throws -> [PreparableRow] {
        if let kept = plan.kept.rows(ofChunk: chunk.index) { return kept }
        var judge = try ChunkJudge(planner)
        return try judge.preparable(in: chunk)
    }

    /// What a chunk became inside a transaction: durable once that has ended.
    struct Outcome: Sendable {
        let versions: [UnsignedVersion]
        /// Rows whose holders already had the certificate.
        let skipped: [Int]
    }

    /// Numbers, ids and exact bytes, all or nothing.
    ///
    /// - Parameter looksUpHolders: passes over rows whose holders have the certificate; otherwise such a
    ///   row is a conflict.
    func prepare(
        _ chunk: DraftedChunk, of batch: Batch, issuedAt: Int, looksUpHolders: Bool, in transaction: any IssuingWriting
    ) throws -> Outcome {
        // By spans, whose elements are not copied: each has a dozen references to be counted.
        let drafts = chunk.drafts.span
        let held = looksUpHolders ? try transaction.held(chunk.drafts.map(\.holding)) : []
        let skipped = held.sorted().map { drafts[$0].row.sheetRow }
        var levels: [SkillLevel: Int] = [:]
        for index in drafts.indices where !held.contains(index) { levels[drafts[index].row.level, default: 0] += 1 }
        var numbers = try Numbers(levels, terms.institution.numberScheme, year: terms.awardDate.year, in: transaction)
        var places = try StatusPlaces(
            drafts.count - held.count, terms.status, actor: batch.approval.actor, time: issuedAt, in: transaction)
        var certificates: [NewCertificate] = []
        // Sheets are mostly sorted, so the last one is mostly the same.
        var checked: (occupation: Occupation, level: SkillLevel)?
        certificates.reserveCapacity(drafts.count)
        for index in drafts.indices where !held.contains(index) {
            let scope = (occupation: drafts[index].row.occupation, level: drafts[index].row.level)
            let isChecked = checked.map { $0 == scope } ?? false
            certificates.append(
                try drafts[index].numbered(
                    try numbers.next(scope.level), status: try places.next(), terms: terms, issuedAt: issuedAt,
                    isScopeChecked: isChecked))
            if !isChecked { checked = scope }
        }
        let keys = try transaction.insert(certificates, into: batch.id)
        try transaction.save(chunk.attempts, of: batch.institution)
        try transaction.markPrepared(chunk.position, of: batch.id, skipped: skipped.count)
        let (hasher, recordHasher) = (try SHA256Hasher(), try SHA256Hasher())
        let prepared = certificates.span
        for index in prepared.indices {
            let record = try prepared[index].holding.digest(withBox: prepared[index].privateBox, by: recordHasher)
            try hasher.update(prepared[index], record: record)
        }
        try transaction.append(
            AuditAct(
                .batchPrepared, actor: batch.approval.actor,
                subject: .part(chunk.position, of: batch.id, certificates: certificates.count),
                digest: hasher.finalize(), time: issuedAt))
        return Outcome(
            versions: keys.indices.map {
                UnsignedVersion(key: keys[$0], payload: certificates[$0].payload, keyID: certificates[$0].keyID)
            }, skipped: skipped)
    }
}

/// Numbers of several series, taken at once within one transaction.
private struct Numbers {
    /// Few, so that looking through them is quicker than hashing.
    private var series: [(level: SkillLevel, name: String, rest: Range<Int>)] = []

    init(
        _ counts: [SkillLevel: Int], _ scheme: NumberScheme, year: Int, in transaction: any IssuingWriting
    ) throws {
        for (level, count) in counts.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let name = try scheme.series(year: year, level: level)
            series.append((level, name, try transaction.takeSerials(count, in: name)))
        }
    }

    mutating func next(_ level: SkillLevel) throws -> CertificateNumber {
        guard let index = series.firstIndex(where: { $0.level == level }), let serial = series[index].rest.first else {
            throw StoreError(.failed, zh: "用掉的编号多于取得的编号", en: "more numbers were used than taken")
        }
        series[index].rest = series[index].rest.dropFirst()
        return try NumberScheme.number(series: series[index].name, serial: serial)
    }
}
