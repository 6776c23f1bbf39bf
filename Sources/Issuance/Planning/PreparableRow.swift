import Eligibility
import Results

/// What preparing needs of a row that has been judged.
enum PreparableRow: Sendable {
    case certifiable(CertifiableRow)
    /// Certified when earlier attempts complete it, which the plan says.
    case resit(sheetRow: Int)
    /// Of a candidate without a certificate.
    case attempt(JudgedResult, Bin)

    /// Nil when nothing is kept of the row.
    init?(_ decision: Decision) {
        switch decision.outcome {
        case .eligible(let eligible): self = .certifiable(CertifiableRow(eligible))
        case .resit(let judged): self = .resit(sheetRow: judged.result.sheetRow)
        case .failed(let judged): self = .attempt(judged, .failed)
        case .unmarked(let bin, let judged?): self = .attempt(judged, bin)
        case .asked(let result?): self = .attempt(JudgedResult(result), .quarantined)
        case .asked(nil), .unmarked(_, nil), .binned: return nil
        }
    }
}

/// Rows as they were judged for the plan, so that they need not be judged again to be prepared. Only in memory, as
/// they name persons, and only so many that memory stays flat: the chunks after those are judged twice.
struct KeptRows: Sendable {
    private let most: Int
    private var count = 0
    private var chunks: [Int: [PreparableRow]] = [:]

    init(most: Int) { self.most = most }

    mutating func keep(_ rows: [PreparableRow]?, ofChunk position: Int) {
        guard let rows, count + rows.count <= most else { return }
        count += rows.count
        chunks[position] = rows
    }

    /// Nil for a chunk that must be judged again.
    func rows(ofChunk position: Int) -> [PreparableRow]? { chunks[position] }
}
