import Credential
import Eligibility
import PersonalData
import Results
import Seal
import Signing
import Store

/// What planning asks about earlier days: who holds what, which parts were passed, what an officer settled.
package struct PastRecords: Sendable {
    let store: any IssuingStore
    let dataKeys: DataKeys
    /// By row key, the codes of the findings that somebody has answered for.
    private let settled: [[UInt8]: Set<String>]
    /// Likewise, by row of the one sheet that is planned.
    private let settledRows: [Int: Set<String>]
    /// On the first graduation day nobody holds anything, so nobody is looked up.
    let hasCertificates: Bool

    /// - Parameters:
    ///   - answers: given to rows of the sheet beside those that are recorded, by row key.
    ///   - settledRows: likewise, by row.
    package init(
        store: any IssuingStore, dataKeys: DataKeys, answers: [[UInt8]: Set<String>] = [:],
        settledRows: [Int: Set<String>] = [:]
    ) async throws {
        self.settledRows = settledRows
        self.store = store
        self.dataKeys = dataKeys
        let settlements = try await store.read { try $0.settlements() }
        settled = Dictionary(grouping: settlements, by: \.rowKey).mapValues { Set($0.map(\.rule)) }
            .merging(answers) { $0.union($1) }
        hasCertificates = try await store.read { try $0.hasCertificates() }
    }

    var hasAnswers: Bool { !settled.isEmpty || !settledRows.isEmpty }

    /// The codes of the findings that somebody has answered for.
    func settledRules(key: [UInt8], sheetRow: Int) -> Set<String> {
        (settled[key] ?? []).union(settledRows[sheetRow] ?? [])
    }

    /// The certificates that persons of a chunk hold already, by sheet row.
    func held(_ rows: [JudgedChunk.Row]) async throws -> [Int: HeldCertificate] {
        guard hasCertificates else { return [:] }
        let holdings = rows.compactMap { row in row.past?.holding.map { (row.sheetRow, $0) } }
        let held = try await store.read { try $0.certificates(heldAs: holdings.map(\.1)) }
        return Dictionary(
            uniqueKeysWithValues: holdings.compactMap { row, holding in held[holding].map { (row, $0) } })
    }

    /// Marks of attempts that were recorded with earlier sheets.
    func attempts(of holdings: [Holding]) async throws -> [Holding: [EarlierAttempt]] {
        let records = try await store.read { try $0.attempts(of: holdings) }
        let protector = try IdentityProtector(dataKeys)
        return try records.mapValues { records in
            try records.filter { $0.outcome == Bin.failed.rawValue }.map { record in
                let marks = try protector.open(record)
                return EarlierAttempt(
                    examDate: marks.examDate, theory: marks.theory, skill: marks.skill, review: marks.review)
            }
        }
    }

    /// Whether a certificate was issued for this very result, as it was when the sheet is sent again.
    func isFor(_ result: ExamResult, _ held: HeldCertificate) throws -> Bool {
        let certificate = try CertificateClaims(decoding: held.payload[...]).certificate
        let record = try IdentityProtector(dataKeys).open(held.privateBox, for: certificate.id)
        return certificate.holderName == result.name && record.examDate == result.examDate
            && record.theory == result.theory && record.skill == result.skill && record.review == result.review
    }
}

extension IdentityProtector {
    func holding(of document: IdentityDocument, _ occupation: Occupation, _ level: SkillLevel) throws -> Holding {
        Holding(person: try pseudonym(of: document), occupationCode: occupation.code, level: level)
    }

    func record(_ judged: JudgedResult, outcome: Bin) throws -> AttemptRecord {
        let result = judged.result
        let holding = try holding(of: result.document, judged.occupation, result.level)
        return AttemptRecord(
            holding: holding, examDate: result.examDate, outcome: outcome.rawValue,
            privateBox: try seal(PrivateRecord(of: result), ofAttemptBy: holding.person))
    }

    package func open(_ record: AttemptRecord) throws -> PrivateRecord {
        try open(record.privateBox, ofAttemptBy: record.holding.person)
    }

    /// Keyed, as content has few unknowns beside an identity number.
    func rowKey(ofContent digest: [UInt8]) throws -> [UInt8] { try keyedHash(of: Array("row|".utf8) + digest) }
}
