import Credential
import Errors
import Parsing
import Spreadsheets
import Verification

/// Why a file as a whole cannot be checked row by row. Equal by code; holds no holder data.
package struct BulkProblem: Explained, Equatable {
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
}

extension BulkProblem {
    static let unknownFormat = BulkProblem(
        .unknownFormat, zh: "无法识别的文件，请提供 CSV、XLSX、PDF、JPEG、PNG、WebP，或由 PDF 和照片组成的 ZIP。",
        en: "The file is of no known kind; give CSV, XLSX, PDF, JPEG, PNG, WebP, or a ZIP of PDFs and photos.")

    /// - Parameter found: the first row, told only where it is titles and not somebody's data.
    package static func noColumns(found: [String]) -> BulkProblem {
        let titles = found.filter { !$0.isEmpty }
        let isTitles = titles.count > 1 && titles.allSatisfy { $0.count <= 20 && !$0.contains(where: \.isNumber) }
        let (zh, en) =
            isTitles
            ? (
                "（找到的是：\(titles.prefix(12).joined(separator: "、"))）",
                " (found: \(titles.prefix(12).joined(separator: ", ")))"
            )
            : ("", "")
        return BulkProblem(
            .noColumns,
            zh: "没有找到二维码内容，也没有含“二维码内容”，或“证书编号”与“姓名”的表头\(zh)。请补上或改正表头。",
            en:
                "There is no QR text, and no header with a column \"qr\", or \"number\" and \"name\"\(en). Add or mend the header."
        )
    }

    package static let openDocument = BulkProblem(
        .unknownFormat, zh: "这是 OpenDocument 文件（.ods、.odt），不能读取；请把其中的名单另存为 .xlsx 或 .csv。",
        en: "This is an OpenDocument file (.ods, .odt), which is not read; save the list in it as .xlsx or .csv.")

    package static let email = BulkProblem(
        .unknownFormat, zh: "这是一封电子邮件，其中没有证书；请把附件另存为文件，或复制其中的二维码链接。",
        en:
            "This is an e-mail with no certificate in it; save its attachment as a file, or copy the code's link from it."
    )

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

extension BulkProblem {
    package var category: ErrorCategory { code == .cannotWrite ? .disk : .refused }
    package var codeName: String { code.rawValue }
    package var words: BilingualText { text }
}
