import Credential
import Errors

/// Why a file as a whole is refused. Equal by code, so that wording may improve.
package struct SheetProblem: Codable, Explained {
    package enum Code: String, Codable, Sendable, CaseIterable {
        case cannotOpen = "cannot-open"
        case notText = "not-text"
        case undecodable
        case empty
        case noHeader = "no-header"
        case missingHeader = "missing-header"
        case duplicateHeader = "duplicate-header"
        case unclosedQuote = "unclosed-quote"
        case recordTooLong = "record-too-long"
        case cellTooLong = "cell-too-long"
        case tooManyColumns = "too-many-columns"
        case tooLarge = "too-large"
        case encrypted
        case oldWorkbook = "old-workbook"
        case damagedWorkbook = "damaged-workbook"
        case headerChanges = "header-changes"
        case severalLists = "several-lists"
        case countDiffers = "count-differs"
        case unreadable
    }

    package let code: Code
    /// The sheet row it was found in, where there is one.
    package let row: Int?
    /// What is wrong and what to do next.
    package let text: BilingualText

    package init(_ code: Code, row: Int? = nil, _ text: BilingualText) {
        self.code = code
        self.row = row
        self.text = text
    }

    package init(_ code: Code, row: Int? = nil, zh: String, en: String) {
        self.init(code, row: row, BilingualText(zh: zh, en: en))
    }

    /// Names the worksheet, where there are several.
    package func inSheet(_ name: String) -> SheetProblem {
        SheetProblem(code, row: row, zh: "工作表“\(name)”：\(text.zh)", en: "Sheet \"\(name)\": \(text.en)")
    }
}

extension SheetProblem: Equatable {
    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
}

extension SheetProblem {
    package var category: ErrorCategory { code == .cannotOpen ? .missing : .refused }
    package var codeName: String { code.rawValue }
    package var words: BilingualText { text }
}
