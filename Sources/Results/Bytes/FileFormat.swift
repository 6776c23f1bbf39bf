extension FileBytes {
    /// Tells files apart that are named .csv but are not: nothing of them is read.
    func refuseOtherFormats() throws(SheetProblem) {
        guard size > 0 else {
            throw SheetProblem(.empty, chinese: "文件是空的，请重新导出。", english: "The file is empty; export it again.")
        }
        let start = try read(at: 0, count: 512)
        if start.starts(with: Array("PK".utf8) + [3, 4]) || start.starts(with: [0xD0, 0xCF, 0x11, 0xE0]) {
            throw SheetProblem(
                .notText, chinese: "这是 Excel 工作簿而不是 CSV，请另存为“CSV UTF-8”。",
                english: "This is a workbook, not a CSV file; save it as \"CSV UTF-8\".")
        }
        let text = String(decoding: start, as: UTF8.self).lowercased().drop { $0.isWhitespace || $0 == "\u{FEFF}" }
        if ["<html", "<!doctype", "<table", "<?xml", "<meta"].contains(where: { text.hasPrefix($0) }) {
            throw SheetProblem(
                .notText, chinese: "这是网页或 XML 而不是 CSV，请用表格软件打开后另存为“CSV UTF-8”。",
                english: "This is a web page or XML, not a CSV file; open it in a spreadsheet program "
                    + "and save it as \"CSV UTF-8\".")
        }
        let isMarkedUTF16 = start.starts(with: [0xFF, 0xFE]) || start.starts(with: [0xFE, 0xFF])
        if start.contains(0), !isMarkedUTF16 {
            throw SheetProblem(
                .notText, chinese: "文件中有空字节，不是 CSV 文字，请另存为“CSV UTF-8”。",
                english: "The file has zero bytes and is no CSV text; save it as \"CSV UTF-8\".")
        }
    }
}
