import Results
import Spreadsheets

/// The coverage report as a file.
package enum CoverageFile {
    private static let counts = ["应评人数", "申报人数", "参考人数", "合格人数", "发证人数", "发证率"]

    package static func write(_ report: CoverageReport, to path: String) throws {
        guard path.hasSuffix(".xlsx") else {
            let rows = report.all.map { [$0.institution, $0.major, $0.occupation] + texts($0) }
            return try TableFile.write(["机构名称", "专业", "职业"] + counts, rows, name: "覆盖情况", to: path)
        }
        let file = WorkbookFile(path)
        let workbook = try file.open()
        try append("按机构", ["机构名称"], report.byInstitution, to: workbook, hasChart: true) { [$0.institution] }
        try append("按专业", ["机构名称", "专业"], report.byMajor, to: workbook) { [$0.institution, $0.major] }
        try append("按职业", ["机构名称", "职业"], report.byOccupation, to: workbook) { [$0.institution, $0.occupation] }
        try append("明细", ["机构名称", "专业", "职业"], report.all, to: workbook) {
            [$0.institution, $0.major, $0.occupation]
        }
        try file.commit(workbook)
    }

    private static func append(
        _ name: String, _ header: [String], _ lines: [CoverageReport.Line], to workbook: WorkbookWriter,
        hasChart: Bool = false, _ names: (CoverageReport.Line) -> [String]
    ) throws {
        try workbook.beginSheet(name, widths: header.map { _ in 26 } + counts.map { _ in 11 })
        workbook.append((header + counts).map { .text($0) }, style: .header)
        for line in lines {
            let numbers = line.counts.map { WorkbookWriter.Cell.number(Double($0)) }
            let eligible = line.eligible.map { WorkbookWriter.Cell.number(Double($0)) } ?? .text("")
            workbook.append(names(line).map { .text($0) } + [eligible] + numbers + [.text(rate(line))])
        }
        workbook.freeze(rows: 1, columns: header.count + counts.count)
        guard hasChart, !lines.isEmpty else { return }
        let first = header.count
        workbook.addBarChart(
            title: "应评尽评：各机构人数", rows: 1...lines.count, categories: 0,
            series: [first, first + 1, first + 4], at: first + counts.count + 1)
    }

    private static func texts(_ line: CoverageReport.Line) -> [String] {
        [line.eligible.map { String($0) } ?? ""] + line.counts.map { String($0) } + [rate(line)]
    }

    private static func rate(_ line: CoverageReport.Line) -> String {
        guard let eligible = line.eligible, eligible > 0 else { return "" }
        return "\(line.issued * 1000 / eligible / 10).\(line.issued * 1000 / eligible % 10)%"
    }
}
