import Credential
import Eligibility
import Results
import Store

/// What one chunk came to.
struct JudgedChunk: Sendable {
    /// A row as it is compared with others.
    struct Row: Sendable {
        let sheetRow: Int
        let name: String
        let examDate: CalendarDate
        let scope: BatchPlan.Scope
        /// Digests by which rows are compared; they never leave memory.
        let content: [UInt8]
        let person: [UInt8]
        /// Nil when nobody holds a certificate yet, so that nobody is looked up.
        var holding: Holding?
        /// Codes of findings that an officer has answered for.
        var settled: Set<String> = []
        /// Set for an eligible row that is to be looked at again before it is issued.
        var result: ExamResult?
    }

    /// A row without a certificate of which a record is kept.
    struct Attempt: Sendable {
        let row: Row
        let record: AttemptRecord
        let marks: EarlierAttempt
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
    var bins = BinCounts()
    var findings: [[Finding]] = []
    /// 53: rows of candidates, and what rows of totals say there should be.
    var candidateCount = 0
    var declaredCounts: [Int] = []

    init(_ chunk: SheetChunk) {
        position = chunk.index
        table = chunk.table
        rowCount = chunk.rowCount
    }
}
