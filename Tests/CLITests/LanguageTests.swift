import Errors
import Testing

@testable import signet

@Suite struct LanguageTests {
    @Test(
        "the locale chooses",
        arguments: [
            (nil, Language.en), ("C.UTF-8", .en), ("en_GB.UTF-8", .en), ("zh_CN.UTF-8", .zh), ("zh_TW", .zh),
            ("zh", .zh),
        ])
    func locale(_ locale: String?, _ language: Language) {
        #expect(CommandLanguage(["status", "show"], locale: locale).language == language)
    }

    @Test(
        "the option goes before the locale wherever it stands, and is taken out",
        arguments: [
            ["--language", "zh", "status", "show"], ["status", "--language", "zh", "show"],
            ["status", "show", "--language=zh"],
        ])
    func option(_ line: [String]) throws {
        let read = CommandLanguage(line, locale: "en_GB.UTF-8")
        #expect(read.language == .zh && read.arguments == ["status", "show"])
        try read.check()
        #expect(CommandLanguage(["--language", "en", "batches"], locale: "zh_CN").language == .en)
    }

    @Test("behind -- nothing is an option")
    func literal() {
        let line = ["verify", "--", "--language", "zh"]
        #expect(CommandLanguage(line, locale: nil).arguments == line)
        #expect(CommandLanguage(line, locale: nil).language == .en)
    }

    @Test(
        "another language is refused, naming both", arguments: [["--language", "fr"], ["--language="], ["--language"]])
    func unknown(_ line: [String]) {
        let error = #expect(throws: Refusal.self) { try CommandLanguage(line, locale: nil).check() }
        #expect(error?.category == .usage)
        #expect(error.map { $0.words.en.contains("zh or en") && $0.words.zh.contains("zh 或 en") } == true)
    }
}
