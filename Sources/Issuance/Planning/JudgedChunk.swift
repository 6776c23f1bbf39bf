import Credential
import Eligibility
import Results
import Store

/// What one chunk came to.
struct JudgedChunk: Sendable {
    /// A row as it is compared with others.
    struct Row: Sendable {
        let sheetRow: Int
        let examDate: CalendarDate
        let scope: BatchPlan.Scope
        /// Hashes and digests by which rows are compared; they never leave memory.
        let nameHash: UInt64
        let scopeHash: UInt64
        let personHash: UInt64
        let contentHash: UInt64
        let content: [UInt8]
        /// Of the few rows that need more: nil on a first graduation day.
        var past: Past?
    }

    /// What is needed of a row to compare it with earlier days.
    final class Past: Sendable {
        let holding: Holding?
        let result: ExamResult?
        /// Codes of findings that an officer has answered for.
        let settled: Set<String>

        init(holding: Holding?, result: ExamResult?, settled: Set<String> = []) {
            (self.holding, self.result, self.settled) = (holding, result, settled)
        }
    }

    /// A row without a certificate of which a record will be kept.
    struct Attempt: Sendable {
        let row: Row
        let marks: EarlierAttempt
        let isFailed: Bool
    }

    /// A make-up exam.
    struct Resit: Sendable {
        let row: Row
        let judged: JudgedResult
        let holding: Holding
        /// Set when it passes by itself.
        let eligible: EligibleResult?
    }

    let position: Int
    let table: Int
    let rowCount: Int
    /// Of what has a result, whatever the file's encoding and columns.
    var digest: [UInt8] = []
    /// Of the text as it was read: the same text is judged alike again.
    var textDigest: [UInt8] = []
    var eligible: [Row] = []
    var attempts: [Attempt] = []
    var resits: [Resit] = []
    /// What preparing will need, in the sheet's order; nil when it is not kept.
    var preparable: [PreparableRow]?
    var bins = BinCounts()
    var findings: [[Finding]] = []
    /// results.md, 53: rows of candidates, and what rows of totals say there should be.
    var candidateCount = 0
    var declarations: [Declaration] = []

    init(_ chunk: SheetChunk) {
        position = chunk.index
        table = chunk.table
        rowCount = chunk.rowCount
    }
}
