import ArgumentParser
import Errors
import Glibc

/// The language in which a run speaks to people. What programs read, JSON and CSV, is the same in both.
enum Language: String, CaseIterable, Sendable {
    case zh, en

    /// Of this run, read once from its command line and its locale.
    static let ofThisRun = CommandLanguage(Array(CommandLine.arguments.dropFirst()), locale: ownLocale)
    static var current: Language { ofThisRun.language }

    /// By the first of the variables that is set to something (locale(7)).
    private static var ownLocale: String? {
        let set = ["LC_ALL", "LC_MESSAGES", "LANG"].compactMap { (name: String) in
            getenv(name).map { String(cString: $0) }
        }
        return set.first { !$0.isEmpty }
    }
}

/// What `--language`, anywhere on a command line, and the locale say.
struct CommandLanguage: Sendable {
    private static let option = "--language"

    let language: Language
    /// The command line without the option.
    let arguments: [String]
    /// A value that is no language; nil when all is well.
    let unknown: String?

    /// - Parameter locale: such as `zh_CN.UTF-8`; nil when none is set.
    init(_ line: [String], locale: String?) {
        var (rest, values) = ([String](), [String]())
        var words = line[...]
        while let word = words.popFirst() {
            if word == "--" {
                // Behind it nothing is an option.
                rest += [word] + words
                break
            } else if word == Self.option {
                values.append(words.popFirst() ?? "")
            } else if word.hasPrefix(Self.option + "=") {
                values.append(String(word.dropFirst(Self.option.count + 1)))
            } else {
                rest.append(word)
            }
        }
        arguments = rest
        unknown = values.first { Language(rawValue: $0) == nil }
        language = values.last.flatMap(Language.init) ?? (locale?.hasPrefix("zh") == true ? .zh : .en)
    }

    /// - Throws: ``Refusal`` naming both languages, when another is asked for.
    func check() throws(Refusal) {
        guard let unknown else { return }
        throw Refusal(
            .usage, zh: "--language 是 zh 或 en，不是“\(unknown)”", en: "--language is zh or en, not \"\(unknown)\"")
    }
}

extension BilingualText {
    subscript(language: Language) -> String {
        switch language {
        case .zh: zh
        case .en: en
        }
    }

    /// In the language of this run.
    var spoken: String { self[.current] }
}

/// Words in the language of this run.
func spoken(zh: String, en: String) -> String { Language.current == .zh ? zh : en }

extension ValidationError {
    init(zh: String, en: String) { self.init(spoken(zh: zh, en: en)) }
}
