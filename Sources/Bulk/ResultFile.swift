import Glibc
import Results
import Spreadsheets
import Verification

/// The rows as they came with what was found, as CSV or a workbook, written as they are answered.
package final class ResultFile {
    package enum Format: String, Sendable {
        case csv, xlsx

        package var mediaType: String {
            switch self {
            case .csv: "text/csv"
            case .xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
            }
        }

        /// What is sent as text comes back as text.
        package init(of input: BulkInput) { self = input.kind == .text ? .csv : .xlsx }
    }

    private let file: UnsafeMutablePointer<FILE>
    private var csv = CSVWriter()
    private let workbook: WorkbookWriter?
    private let columnCount: Int

    /// - Parameter path: is written anew, for its owner alone: the rows name people.
    package init(path: String, format: Format, header: [String]) throws {
        let descriptor = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0o600)
        guard descriptor >= 0, let file = fdopen(descriptor, "w") else { throw BulkProblem.cannotWrite }
        self.file = file
        let titles = header + ResultColumn.allCases.map(\.rawValue)
        columnCount = titles.count
        switch format {
        case .csv:
            workbook = nil
            csv.append(titles)
        case .xlsx:
            guard let workbook = try? WorkbookWriter(path: path) else { throw BulkProblem.cannotWrite }
            self.workbook = workbook
            try workbook.beginSheet(
                "核验结果", widths: header.map { _ in 20 } + ResultColumn.allCases.map(\.width))
            workbook.append(titles.map { .text($0) }, style: .header)
        }
    }

    deinit { fclose(file) }

    package func append(_ row: BulkRow, _ answer: RowAnswer) throws {
        let found = ResultColumn.allCases.map { $0.text(answer) }
        guard let workbook else {
            csv.append(row.cells + found)
            return try flush()
        }
        let style: WorkbookWriter.Style =
            switch answer.outcome {
            case .valid: .plain
            case .notValid: .rejected
            case .couldNotCheck: .asked
            }
        workbook.append((row.cells + found).map { .text($0) }, style: style)
    }

    /// Writes what is left. Without it the file is of no use.
    package func finish() throws {
        if let workbook {
            workbook.freeze(rows: 1, columns: columnCount)
            guard (try? workbook.close()) != nil else { throw BulkProblem.cannotWrite }
        } else {
            try flush()
            guard fflush(file) == 0, fsync(fileno(file)) == 0 else { throw BulkProblem.cannotWrite }
        }
    }

    private func flush() throws {
        let bytes = csv.take()
        guard fwrite(bytes, 1, bytes.count, file) == bytes.count else { throw BulkProblem.cannotWrite }
    }
}
