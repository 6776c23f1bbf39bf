import Credential
import Errors
import Files
import Results

/// What was found in a sheet, as a CSV beside the issued list and as counts.
struct FindingsReport: ~Copyable {
    private let file: OutputFile?
    private var writer = CSVWriter()
    private(set) var counts: [Severity: Int] = [:]

    /// - Parameter path: nil when only counts are wanted.
    init(path: String?) throws {
        file = try path.map { try OutputFile($0, mode: 0o600) }
        writer.append(["工作表", "行号", "列", "表头", "代码", "异常编号", "处理", "说明", "explanation"])
    }

    mutating func add(_ findings: [Finding]) throws {
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

    consuming func finish() throws {
        guard let file else { return }
        try file.write(writer.take())
        try file.commit()
    }

    static func summary(_ counts: [Severity: Int]) -> String {
        let words = [
            (Severity.fixed, spoken(zh: "条已更正", en: "mended")), (.warn, spoken(zh: "条提示", en: "noted")),
            (.ask, spoken(zh: "条待答", en: "to be answered")), (.reject, spoken(zh: "条拒收", en: "refused")),
        ]
        let parts = words.compactMap { severity, word in counts[severity].map { "\($0.grouped) \(word)" } }
        return parts.isEmpty ? spoken(zh: "无", en: "none") : parts.joined(separator: spoken(zh: "，", en: ", "))
    }
}
