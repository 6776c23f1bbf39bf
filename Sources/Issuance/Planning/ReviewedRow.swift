import Credential
import Eligibility
import Pipelines
import Results

/// A row that would be certified, as whoever reviews the batch compares it with the record of the exam.
package struct ReviewedRow: Hashable, Sendable {
    /// What makes a row one that is always looked at.
    package enum Cause: String, Hashable, Sendable, CaseIterable, Codable {
        /// A resit that earlier attempts completed.
        case joined
        /// A mark at most a point above what must be reached.
        case nearMinimum = "near-minimum"
        /// Identified by something else than an identity card.
        case otherDocument = "other-document"
    }

    package let sheetRow: Int
    package let name: String
    package let occupation: Occupation
    package let specialisation: String?
    package let level: SkillLevel
    package let record: PrivateRecord
    package let causes: Set<Cause>

    init(_ row: CertifiableRow, isJoined: Bool, by rules: PassRules) {
        (sheetRow, name, occupation) = (row.sheetRow, row.holderName, row.occupation)
        (specialisation, level, record) = (row.specialisation, row.level, row.record)
        var causes: Set<Cause> = isJoined ? [.joined] : []
        let rule = rules.rule(occupationCode: occupation.code, level: level)
        if rule.isNearMinimum(theory: record.theory, skill: record.skill, review: record.review) {
            causes.insert(.nearMinimum)
        }
        if record.document.kind != .residentIDCard { causes.insert(.otherDocument) }
        self.causes = causes
    }
}

extension BatchPlanner {
    /// In the sheet's order.
    package func reviewedRows(of sheet: ResultSheet, _ plan: BatchPlan) async throws -> [ReviewedRow] {
        try await certifiableRows(of: sheet, plan).map { row in
            ReviewedRow(row, isJoined: plan.joined[row.sheetRow] != nil, by: policy.rules)
        }.sorted { $0.sheetRow < $1.sheetRow }
    }

    /// What is kept of the holders whom a plan certifies, by row.
    package func certifiedRecords(of sheet: ResultSheet, _ plan: BatchPlan) async throws -> [Int: PrivateRecord] {
        let rows = try await certifiableRows(of: sheet, plan)
        return Dictionary(uniqueKeysWithValues: rows.map { ($0.sheetRow, $0.record) })
    }

    private func certifiableRows(of sheet: ResultSheet, _ plan: BatchPlan) async throws -> [CertifiableRow] {
        var reader = sheet.reader()
        var certifiable: [CertifiableRow] = []
        try await OrderedPipeline.run(
            next: { try reader.nextChunk() },
            transform: { chunk in
                if let kept = plan.kept.rows(ofChunk: chunk.index) { return kept }
                var judge = try ChunkJudge(self)
                return try judge.preparable(in: chunk)
            },
            consume: { rows in
                for case .certifiable(let row) in rows
                where !plan.withheld.contains(row.sheetRow) && plan.joined[row.sheetRow] == nil {
                    certifiable.append(row)
                }
            })
        return certifiable + plan.joined.filter { !plan.withheld.contains($0.key) }.map { CertifiableRow($0.value) }
    }
}
