import Parsing
import Spreadsheets
import Verification

/// Why a file as a whole cannot be checked row by row. Equal by code; holds no holder data.
package struct BulkProblem: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case unknownFormat = "unknown-format"
        case noColumns = "no-columns"
        case empty
        case tooManyRows = "too-many-rows"
        case tooLarge = "too-large"
        case encrypted
        case damaged
        case unreadable
        case cannotWrite = "cannot-write"
    }

    package let code: Code
    package let text: BilingualText

    init(_ code: Code, zh: String, en: String) {
        self.code = code
        text = BilingualText(zh: zh, en: en)
    }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
    package var description: String { "\(code.rawValue): \(text.zh) \(text.en)" }
}

extension BulkProblem {
    static let unknownFormat = BulkProblem(
        .unknownFormat, zh: "无法识别的文件，请提供 CSV、XLSX、PDF、JPEG、PNG、WebP，或由 PDF 和照片组成的 ZIP。",
        en: "The file is of no known kind; give CSV, XLSX, PDF, JPEG, PNG, WebP, or a ZIP of PDFs and photos.")

    static let noColumns = BulkProblem(
        .noColumns, zh: "表头中没有“二维码内容”列，也没有“证书编号”与“姓名”列，请补上表头。",
        en: "The header names neither a column \"qr\" nor the columns \"number\" and \"name\"; add one.")

    static let empty = BulkProblem(.empty, zh: "文件中没有可核验的内容。", en: "The file has nothing in it to be checked.")

    static func tooManyRows(_ limit: Int) -> BulkProblem {
        BulkProblem(
            .tooManyRows, zh: "行数超过 \(limit)，请拆分后再提交。", en: "There are more than \(limit) rows; split the file.")
    }

    static let tooLarge = BulkProblem(
        .tooLarge, zh: "压缩包解压后过大，请拆分后再提交。", en: "The archive inflates to more than is allowed; split it.")

    static let encrypted = BulkProblem(
        .encrypted, zh: "压缩包有密码，请去掉密码后重新打包。", en: "The archive has a password; pack it again without one.")

    static let damaged = BulkProblem(
        .damaged, zh: "压缩包已损坏，请重新打包。", en: "The archive is damaged; pack it again.")

    static let unreadable = BulkProblem(
        .unreadable, zh: "文件无法读完，没有核验其中任何内容；请重新保存或打包后再提交。",
        en: "The file could not be read to its end, and nothing of it was checked; save or pack it again.")

    static let cannotWrite = BulkProblem(
        .cannotWrite, zh: "无法写入结果文件，请检查磁盘空间。", en: "The result cannot be written; check the space on the disk.")

    /// Readers' own problems as those of a file of many.
    static func worded<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let problem as WorkbookProblem {
            throw BulkProblem(problem)
        } catch let failure as ParsingFailure where failure != .unavailable { throw BulkProblem.unreadable }
    }

    init(_ problem: WorkbookProblem) {
        switch problem.code {
        case .tooLarge: self = .tooLarge
        case .encrypted: self = .encrypted
        default: self = .damaged
        }
    }
}
