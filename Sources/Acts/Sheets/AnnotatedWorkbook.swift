import Credential
import Errors
import Issuance
import Results
import Spreadsheets

/// The sheet as it was sent, with what became of each row and why: to be mended and sent again.
package struct AnnotatedWorkbook {
    package let job: SheetJob
    package let plan: BatchPlan

    package init(job: SheetJob, plan: BatchPlan) {
        (self.job, self.plan) = (job, plan)
    }

    package func write(to path: String) async throws {
        var sheet = PartialSheet(job)
        // The writer needs the rows at once, and they come from other threads one after the other.
        let temporary = WorkbookFile(path, mode: 0o600)
        let workbook = try temporary.open()
        try await job.planner.outcomes(of: job.sheet, plan) { rows in
            for row in rows { try sheet.append(row, to: workbook) }
        }
        try sheet.finish(workbook)
        try appendSummary(to: workbook)
        try temporary.commit(workbook)
    }

    private func appendSummary(to workbook: WorkbookWriter) throws {
        try workbook.beginSheet("处理汇总", widths: [18, 12, 60])
        workbook.append([.text(job.fileName)], style: .title)
        workbook.append([.text(job.institution.names.last?.name ?? job.institution.id.text)])
        workbook.append([])
        workbook.append([.text(AnnotatedColumn.outcome.rawValue), .text("行数"), .text("含义")], style: .header)
        for bin in Bin.allCases where plan.bins[bin] > 0 {
            workbook.append(
                [.text(bin.words.zh), .number(Double(plan.bins[bin])), .text(bin.meaning)], style: bin.style)
        }
        workbook.append([.text("合计"), .number(Double(plan.bins.total)), .text("每一行都恰好归入以上一类。")])
        workbook.append([])
        workbook.append([.text("改正黄色和红色的行后，可只提交这些行，也可重新提交整个文件；已发证的行不会重复发证。")], style: .note)
    }
}

/// The worksheet that is being written: one for each table, and another where one is full.
private struct PartialSheet {
    private let job: SheetJob
    private var table = -1
    private var part = 1
    private var width = 0

    init(_ job: SheetJob) { self.job = job }

    mutating func append(_ row: RowOutcome, to workbook: WorkbookWriter) throws {
        if row.table != table || workbook.nextRow >= WorkbookWriter.maximumRows {
            if table >= 0 { workbook.freeze(rows: 1, columns: width) }
            part = row.table == table ? part + 1 : 1
            table = row.table
            try begin(workbook)
        }
        // Blank rows between would end the program's filter.
        if row.bin == .skipped, row.findings.isEmpty { return }
        let layout = job.sheet.tables[table]
        let kept = layout.headers.indices.filter { !Self.isOwn(layout.headers[$0]) }
        let findings = row.findings.sorted { $0.severity.weight > $1.severity.weight }
        let cells = kept.map { $0 < row.cells.count ? row.cells[$0] : "" }
        let notes = [
            String(row.sheetRow - layout.rowBase), row.bin.words.zh,
            findings.map(Self.words).joined(separator: "；"),
            findings.map { String($0.rule.parts.advice) }.filter { !$0.isEmpty }.joined(separator: " "),
        ]
        // Beside the table stands what its sender wrote there, without a header.
        let beside = row.cells.dropFirst(layout.headers.count).map { $0 }
        let style = row.bin.style
        let asked = Set(findings.filter { $0.severity == .ask || $0.severity == .reject }.compactMap(\.column?.index))
        // The row is tinted, and the cell at fault stands out from it.
        let styles =
            kept.map { asked.contains($0) ? .rejected : style } + notes.map { _ in style } + beside.map { _ in .plain }
        workbook.append((cells + notes + beside).map { .text($0) }, styles: styles)
    }

    private static func words(_ finding: Finding) -> String {
        let place = finding.column.map { "\($0.header.isEmpty ? "\($0.letter) 列" : $0.header)：" } ?? ""
        return place + finding.rule.parts.problem + finding.relatedInChinese
    }

    mutating func finish(_ workbook: WorkbookWriter) throws {
        if table >= 0 { workbook.freeze(rows: 1, columns: width) }
    }

    private mutating func begin(_ workbook: WorkbookWriter) throws {
        let layout = job.sheet.tables[table]
        let headers = layout.headers.filter { !Self.isOwn($0) } + AnnotatedColumn.allCases.map(\.rawValue)
        width = headers.count
        let name = layout.name ?? "成绩"
        let widths = headers.map(Self.width)
        try workbook.beginSheet(part == 1 ? name : "\(name.prefix(26))(\(part))", widths: widths)
        workbook.append(headers.map { .text($0) }, style: .header)
    }

    private static func isOwn(_ header: String) -> Bool { AnnotatedColumn(rawValue: header) != nil }

    private static func width(of header: String) -> Double {
        switch AnnotatedColumn(rawValue: header) {
        case .row: 8
        case .outcome: 12
        case .finding: 60
        case .advice: 60
        case nil: width(of: Field(header: header))
        }
    }

    private static func width(of field: Field?) -> Double {
        switch field {
        case .documentNumber: 22
        case .institutionName, .occupationName, .major, .department: 20
        case .serial, .sex, .theory, .skill, .review, .statedOutcome: 9
        default: 14
        }
    }
}

extension Severity {
    fileprivate var weight: Int {
        switch self {
        case .reject: 3
        case .ask: 2
        case .warn: 1
        case .fixed: 0
        }
    }
}

extension Bin {
    fileprivate var meaning: String {
        switch self {
        case .issued: "合格，批准后发证"
        case .failed: "未达到合格标准"
        case .absent: "未参加考试"
        case .pending: "缓考，等待下次考试"
        case .void: "违纪等原因，本次成绩作废"
        case .quarantined: "有疑问，核对改正或由经办人核定后才能发证"
        case .rejected: "不能按此内容发证，改正后重新提交"
        case .merged: "与前面的行完全相同"
        case .skipped: "不是考生，或此前已发证"
        }
    }

    fileprivate var style: WorkbookWriter.Style {
        switch self {
        case .quarantined: .asked
        case .rejected: .rejected
        default: .plain
        }
    }
}
