/// Why a workbook cannot be read. The words for people are with those who call.
package struct WorkbookProblem: Error, Hashable, Sendable {
    package enum Code: String, Sendable {
        case cannotOpen
        /// A ZIP archive, but not of a workbook of this kind (ISO/IEC 29500).
        case notAWorkbook
        /// An OpenDocument file.
        case openDocument
        /// A text of a word processor, slides, or a file of Pages, Numbers or Keynote.
        case textDocument, presentation, iWork
        /// The binary form .xlsb.
        case binaryWorkbook
        case encrypted
        case damaged
        /// Two parts have one name, and programs differ in which they show.
        case doubledPart
        /// A sheet is listed, but there is none; `part` is its name.
        case lostSheet
        /// Hundreds of cells have texts that no cell of a table has; `part` is the row.
        case longCells
        /// Inflates to more than any real sheet does.
        case tooLarge
    }

    package let code: Code
    /// The part inside the archive, such as `xl/worksheets/sheet1.xml`.
    package let part: String?

    package init(_ code: Code, part: String? = nil) {
        self.code = code
        self.part = part
    }
}
