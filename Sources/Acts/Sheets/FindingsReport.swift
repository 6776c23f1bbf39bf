import Credential
import Errors
import Files
import Results

/// What was found in a sheet, as a CSV beside the issued list and as counts.
package struct FindingsReport: ~Copyable {
    private let file: OutputFile?
    private var writer = CSVWriter()
    package private(set) var counts: [Severity: Int] = [:]

    /// - Parameter path: nil when only counts are wanted.
    package init(path: String?) throws {
        file = try path.map { try OutputFile($0, mode: 0o600) }
        writer.append(["工作表", "行号", "列", "表头", "代码", "异常编号", "处理", "说明", "explanation"])
    }

    package mutating func add(_ findings: [Finding]) throws {
        for finding in findings {
            counts[finding.severity, default: 0] += 1
            guard file != nil else { continue }
            writer.append([
                finding.place.name ?? "", String(finding.row), finding.column?.letter ?? "",
                finding.column?.header ?? "", finding.code,
                finding.anomaly.map(String.init) ?? "", finding.severity.rawValue, finding.text.zh, finding.text.en,
            ])
        }
        try file?.write(writer.take())
    }

    package consuming func finish() throws {
        guard let file else { return }
        try file.write(writer.take())
        try file.commit()
    }
}
