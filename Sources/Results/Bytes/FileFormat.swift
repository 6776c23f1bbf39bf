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
            throw try hasText(Self.encryptedPackage) ? .encryptedWorkbook : .oldWorkbook
        }
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

    /// The stream by which an encrypted workbook is known (MS-OFFCRYPTO 2.3.4.4), as its directory spells it.
    private static let encryptedPackage: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, UInt8(0)] }

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
            .oldWorkbook, zh: "这是旧版 Excel 工作簿（.xls），请另存为 .xlsx。",
            en: "This is a workbook of the old kind (.xls); save it as .xlsx.")
    }

    init(_ problem: WorkbookProblem, path: String) {
        let part = problem.part.map { " (\($0))" } ?? ""
        switch problem.code {
        case .encrypted: self = .encryptedWorkbook
        case .cannotOpen:
            self.init(
                .cannotOpen, zh: "无法读取文件“\(path)”，请检查路径和权限。",
                en: "The file \"\(path)\" cannot be read; check its path and permissions.")
        case .openDocument, .binaryWorkbook, .notAWorkbook:
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
        case .tooLarge:
            self.init(
                .tooLarge, zh: "工作簿解压后过大\(part)，未读取；请拆分或检查文件来源。",
                en: "The workbook inflates to more than a sheet of results can have\(part) and was not read; "
                    + "split it, or ask where it comes from.")
        }
    }
}
