/// Words for people, in Chinese and in English: what is so, and what to do next.
package struct BilingualText: Hashable, Codable, Sendable {
    package let zh: String
    package let en: String

    package init(zh: String, en: String) {
        self.zh = zh
        self.en = en
    }

    /// Both, one behind the other, for a line that has no place for two.
    package var line: String { "\(zh) \(en)" }
}
