/// What reading one row came to.
package struct RowReading: Sendable {
    package enum Content: Sendable {
        /// Readable, and still to be judged.
        case result(ExamResult)
        /// Reading alone settles it: never `issued`, `failed` or `merged`.
        case binned(Bin)
    }

    package let sheetRow: Int
    package let findings: [Finding]
    package let content: Content

    package init(sheetRow: Int, findings: [Finding], content: Content) {
        self.sheetRow = sheetRow
        self.findings = findings
        self.content = content
    }
}
