import Credential
import Errors
import Testing
import Verification

/// The words for people.
@Suite struct TextTests {
    private static let all: [(name: String, text: BilingualText)] =
        Reason.allCases.map { ($0.rawValue, $0.text) } + Check.Name.allCases.map { ($0.rawValue, $0.text) }
        + [Outcome.valid, .notValid, .couldNotCheck].map { ($0.rawValue, $0.text) }

    @Test("Every outcome, check and reason is said in Chinese and in English", arguments: all.indices)
    func bothLanguages(index: Int) {
        let (name, text) = Self.all[index]
        #expect(text.zh.unicodeScalars.contains { $0.properties.isIdeographic }, "\(name)")
        #expect(!text.en.isEmpty, "\(name)")
        #expect(text.en.allSatisfy { $0.isASCII }, "\(name)")
    }

    @Test("A reason is a whole sentence", arguments: Reason.allCases)
    func sentences(reason: Reason) {
        #expect(reason.text.zh.hasSuffix("。"))
        #expect(reason.text.en.hasSuffix("."))
        #expect(reason.text.en.first?.isUppercase == true)
    }

    @Test("No two say the same, so that a reader can tell them apart")
    func distinct() {
        #expect(Set(Self.all.map(\.text.zh)).count == Self.all.count)
        #expect(Set(Self.all.map(\.text.en)).count == Self.all.count)
    }
}
