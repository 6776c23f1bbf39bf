/// What reading one row came to.
package struct RowReading: Sendable {
    package enum Content: Sendable {
        /// Readable, and still to be judged.
        case result(ExamResult)
        /// Something is asked about. The result is there when the row would be complete without the question.
        case asked(ExamResult?)
        /// No marks: absent, pending or void. The result says whose, as far as that is readable.
        case unmarked(Bin, ExamResult?)
        /// Skipped or rejected: the row is no result, or not one that may be used.
        case binned(Bin)
    }

    package let sheetRow: Int
    package let findings: [Finding]
    package let content: Content
    /// results.md, 53: what a row of totals says about the number of candidates.
    package let declarations: [Declaration]

    package init(sheetRow: Int, findings: [Finding], content: Content, declarations: [Declaration] = []) {
        self.sheetRow = sheetRow
        self.findings = findings
        self.content = content
        self.declarations = declarations
    }
}

extension RowReading.Content {
    /// As far as there is one.
    package var result: ExamResult? {
        switch self {
        case .result(let result): result
        case .asked(let result), .unmarked(_, let result): result
        case .binned: nil
        }
    }
}
