/// Words for people, in Chinese and in English: what is so, and what to do next.
package struct BilingualText: Hashable, Codable, Sendable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// A name or a number, which reads the same in both.
    package init(same text: String) { self.init(zh: text, en: text) }

    /// Both, one behind the other, for a line that has no place for two.
    package var line: String { "\(zh) \(en)" }

    package static func + (a: BilingualText, b: BilingualText) -> BilingualText {
        BilingualText(zh: a.zh + b.zh, en: a.en + b.en)
    }

    package func prefixed(with name: String) -> BilingualText {
        BilingualText(zh: "\(name)：\(zh)", en: "\(name): \(en)")
    }
}
