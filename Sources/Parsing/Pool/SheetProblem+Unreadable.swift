import Results

extension SheetProblem {
    /// The worker that read it did not come to an end.
    package static func unreadable(_ name: String) -> SheetProblem {
        SheetProblem(
            .unreadable, zh: "文件“\(name)”无法读完，未采用其中任何内容；请在表格软件中打开并另存为 .xlsx 后重试。",
            en: "\"\(name)\" could not be read to its end, and nothing of it was used; "
                + "open it in a spreadsheet program, save it as .xlsx, and try again.")
    }
}
