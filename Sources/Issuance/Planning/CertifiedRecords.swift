import Credential
import Pipelines
import Results

extension BatchPlanner {
    /// What is kept of the holders whom a plan certifies, by row.
    package func certifiedRecords(of sheet: ResultSheet, _ plan: BatchPlan) async throws -> [Int: PrivateRecord] {
        var reader = sheet.reader()
        var records: [Int: PrivateRecord] = [:]
        try await OrderedPipeline.run(
            next: { try reader.nextChunk() },
            transform: { chunk in
                if let kept = plan.kept.rows(ofChunk: chunk.index) { return kept }
                var judge = try ChunkJudge(self)
                return try judge.preparable(in: chunk)
            },
            consume: { rows in
                for case .certifiable(let row) in rows where !plan.withheld.contains(row.sheetRow) {
                    records[row.sheetRow] = row.record
                }
            })
        for (row, result) in plan.joined where !plan.withheld.contains(row) {
            records[row] = CertifiableRow(result).record
        }
        return records
    }
}
