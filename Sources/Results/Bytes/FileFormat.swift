import Spreadsheets

extension FileBytes {
    /// Whether this is a workbook rather than text; what is neither is refused and nothing of it is read. The
    /// content decides, as names are often wrong.
    func isWorkbook() throws(SheetProblem) -> Bool {
        guard size > 0 else {
            throw SheetProblem(.empty, zh: "文件是空的，请重新导出。", en: "The file is empty; export it again.")
        }
        let start = try read(at: 0, count: 512)
        if start.starts(with: Array("PK".utf8) + [3, 4]) { return true }
        if start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            if try hasText(Self.spelled("EncryptedPackage")) { throw .encryptedWorkbook }
            if try hasText(Self.spelled("WordDocument")) { throw .notASheet("文字文档（.doc、.wps）", "a text (.doc, .wps)") }
            if try hasText(Self.spelled("PowerPoint Document")) { throw .notASheet("演示文稿（.ppt）", "slides (.ppt)") }
            throw .oldWorkbook
        }
        if let (zh, en) = Self.picture(start) { throw .notASheet(zh, en) }
        let text = String(decoding: start, as: UTF8.self).lowercased().drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if ["<html", "<!doctype", "<table", "<?xml", "<meta", "<div", "<style"].contains(where: { text.hasPrefix($0) })
        {
            throw SheetProblem(
                .notText, zh: "这是网页或 XML 而不是表格文件，请用表格软件打开后另存为 .xlsx。",
                en: "This is a web page or XML, whatever its name; open it in a spreadsheet program "
                    + "and save it as .xlsx.")
        }
        let isMarkedUTF16 = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
        if start.contains(0), !isMarkedUTF16 {
            throw SheetProblem(
                .notText, zh: "文件中有空字节，既不是工作簿也不是 CSV 文字，请另存为 .xlsx 或“CSV UTF-8”。",
                en: "The file has zero bytes and is neither a workbook nor CSV text; save it as .xlsx "
                    + "or \"CSV UTF-8\".")
        }
        return false
    }

    /// The name of a stream, such as that of an encrypted workbook (MS-OFFCRYPTO 2.3.4.4), as a directory spells it.
    private static func spelled(_ name: String) -> [UInt8] { name.utf8.flatMap { [$0, UInt8(0)] } }

    /// What is known as something to look at by how it begins.
    private static func picture(_ start: [UInt8]) -> (zh: String, en: String)? {
        if start.starts(with: "%PDF-".utf8) { return ("PDF 文件", "a PDF") }
        let pictures: [[UInt8]] = [
            [0xFF, 0xD8, 0xFF], [0x89, 0x50, 0x4E, 0x47], Array("GIF8".utf8), [0x49, 0x49, 0x2A, 0],
            [0x4D, 0x4D, 0, 0x2A],
        ]
        let isNamed = start.dropFirst(4).starts(with: "ftyp".utf8) || start.dropFirst(8).starts(with: "WEBP".utf8)
        let isBitmap = start.starts(with: "BM".utf8) && start.prefix(64).contains(0)
        return isNamed || isBitmap || pictures.contains(where: start.starts) ? ("图片", "a picture") : nil
    }

    private func hasText(_ text: [UInt8]) throws(SheetProblem) -> Bool {
        let step = 1 << 20
        // Looked for in the first 64 MiB: directories stand early.
        for offset in stride(from: 0, to: min(size, 64 << 20), by: step) {
            let block = try read(at: offset, count: step + text.count)
            if block.firstRange(of: text) != nil { return true }
        }
        return false
    }
}

extension SheetProblem {
    static var encryptedWorkbook: SheetProblem {
        SheetProblem(
            .encrypted, zh: "工作簿有打开密码，请在表格软件中去掉密码后另存。",
            en: "The workbook is protected by a password; remove it in the spreadsheet program and save again.")
    }

    fileprivate static var oldWorkbook: SheetProblem {
        SheetProblem(
            .oldWorkbook, zh: "这是旧版 Excel 工作簿（.xls、.et），请另存为 .xlsx。",
            en: "This is a workbook of the old kind (.xls, .et); save it as .xlsx.")
    }

    /// A file of some other program, however it is called.
    fileprivate static func notASheet(_ zh: String, _ en: String) -> SheetProblem {
        SheetProblem(
            .notText, zh: "这是\(zh)，不是表格；请把其中的名单另存为 .xlsx 或 .csv。",
            en: "This is \(en), and no sheet; save the list in it as .xlsx or .csv.")
    }

    init(_ problem: WorkbookProblem, path: String) {
        let part = problem.part.map { " (\($0))" } ?? ""
        switch problem.code {
        case .encrypted: self = .encryptedWorkbook
        case .cannotOpen:
            self.init(
                .cannotOpen, zh: "无法读取文件“\(path)”，请检查路径和权限。",
                en: "The file \"\(path)\" cannot be read; check its path and permissions.")
        case .openDocument: self = .notASheet("OpenDocument 文件（.ods、.odt）", "an OpenDocument file (.ods, .odt)")
        case .textDocument: self = .notASheet("文字文档（.docx）", "a text (.docx)")
        case .presentation: self = .notASheet("演示文稿（.pptx）", "slides (.pptx)")
        case .iWork: self = .notASheet("Numbers 或 Pages 文件", "a file of Numbers or Pages")
        case .binaryWorkbook, .notAWorkbook:
            self.init(
                .notText, zh: "这个压缩文件不是 .xlsx 工作簿，请在表格软件中另存为 .xlsx。",
                en: "This archive is not a workbook of the kind .xlsx; save it as .xlsx in a spreadsheet program.")
        case .damaged:
            self.init(
                .damagedWorkbook, zh: "工作簿已损坏\(part)，请在表格软件中打开后重新保存。",
                en: "The workbook is damaged\(part); open it in a spreadsheet program and save it again.")
        case .doubledPart:
            self.init(
                .damagedWorkbook, zh: "工作簿里有两个同名的部分\(part)，不同软件显示的内容不同；请在表格软件中打开核对后重新保存。",
                en: "The workbook has two parts of one name\(part), and programs differ in which they show; "
                    + "open it in a spreadsheet program, check it, and save it again.")
        case .lostSheet:
            self.init(
                .damagedWorkbook, zh: "工作簿列出了工作表\(part)，但其中没有它的内容；请在表格软件中打开核对后重新保存。",
                en: "The workbook lists a sheet\(part) that is not in it; open it in a spreadsheet program, "
                    + "check that nothing is missing, and save it again.")
        case .longCells:
            self.init(
                .cellTooLong, row: problem.part.flatMap { Int($0) },
                zh: "到第 \(problem.part ?? "?") 行已有数百个单元格的文字超过 32,768 字节，未读取；请删去这些文字，或检查文件来源。",
                en:
                    "By row \(problem.part ?? "?") hundreds of cells have texts of more than 32,768 bytes, and the file was not "
                    + "read; delete these texts, or ask where it comes from.")
        case .tooLarge:
            self.init(
                .tooLarge, zh: "工作簿解压后过大\(part)，未读取；请拆分或检查文件来源。",
                en: "The workbook inflates to more than a sheet of results can have\(part) and was not read; "
                    + "split it, or ask where it comes from.")
        }
    }
}
