/// An error that is for people: one sentence in each language, and what follows from it as values.
package protocol Explained: Error, CustomStringConvertible {
    var category: ErrorCategory { get }
    /// The same in every language and version, for programs.
    var codeName: String { get }
    var words: BilingualText { get }
    var remedy: Remedy? { get }
}

extension Explained {
    package var remedy: Remedy? { nil }
    package var description: String { words.en }
}

extension Error {
    /// What a person is told of any error: of one that is for people its words, else what the system says.
    package var explanation: BilingualText { (self as? any Explained)?.words ?? BilingualText(same: "\(self)") }
}

/// The codes of one part's errors.
package protocol ErrorCode: RawRepresentable<String>, Equatable, Sendable {
    var category: ErrorCategory { get }
}

/// An error of a part that tells its errors apart by code. Equal by code; the words are for people.
package struct CodedError<C: ErrorCode>: Explained, Equatable {
    package typealias Code = C

    package let code: Code
    package let words: BilingualText
    package let remedy: Remedy?

    package init(_ code: Code, _ words: BilingualText, remedy: Remedy? = nil) {
        (self.code, self.words, self.remedy) = (code, words, remedy)
    }

    package init(_ code: Code, zh: String, en: String, remedy: Remedy? = nil) {
        self.init(code, BilingualText(zh: zh, en: en), remedy: remedy)
    }

    package var category: ErrorCategory { code.category }
    package var codeName: String { code.rawValue }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
}

/// An error that nobody tells apart from others of its category.
package typealias Refusal = CodedError<ErrorCategory>

extension ErrorCategory: ErrorCode {
    package var category: ErrorCategory { self }
}
