import COpenCC
import Credential
import Synchronization

/// How a name that somebody wrote stands to the one that is sealed.
enum NameComparison {
    case same
    /// Written otherwise, and perhaps the same person's: a person has to look.
    case similar
    case different

    /// Traditional and simplified characters, accents, apostrophes, dots and hyphens, and single characters that a system
    /// could not write, make it similar.
    init(_ written: String, _ sealed: String) {
        if ComparableName(written) == ComparableName(sealed) {
            self = .same
        } else if Self.matches(Self.folded(written), Self.folded(sealed)) {
            self = .similar
        } else {
            self = .different
        }
    }

    /// Simplified letters without accents and marks; what stands for a character that could not be written stays.
    private static func folded(_ text: String) -> [String] {
        simplified(String(String.UnicodeScalarView(text.unicodeScalars.map(\.halfWidth)))).unicodeScalars.compactMap {
            scalar in
            if unwritten.contains(scalar) { return anyCharacter }
            switch scalar.properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter: return base(scalar)
            case .otherLetter, .decimalNumber: return String(scalar)
            default: return nil
            }
        }
    }

    private static func matches(_ written: [String], _ sealed: [String]) -> Bool {
        let pairs = zip(written, sealed)
        let unknown = pairs.count { $0 == anyCharacter || $1 == anyCharacter }
        return written.count == sealed.count && unknown < written.count && unknown < 2
            && pairs.allSatisfy { $0 == $1 || $0 == anyCharacter || $1 == anyCharacter }
    }

    private static let unwritten: Set<Unicode.Scalar> = ["?", "□", "■", "〓", "\u{FFFD}", "*", "○", "×"]
    private static let anyCharacter = "?"

    /// A Latin letter's Unicode name is that of its base up to `WITH`.
    private static func base(_ scalar: Unicode.Scalar) -> String {
        let name = scalar.properties.name ?? String(scalar)
        let words = name.split(separator: " ").prefix { $0 != "WITH" }.filter { $0 != "SMALL" && $0 != "CAPITAL" }
        return words.joined(separator: " ")
    }

    // MARK: - Traditional to simplified

    /// Nil where its dictionaries are missing: then characters count as they stand.
    private static let converter: Mutex<OpenCC?> = Mutex(OpenCC())

    private static func simplified(_ text: String) -> String {
        converter.withLock { $0?.convert(text) } ?? text
    }
}

/// OpenCC's conversion of characters from traditional to simplified.
private struct OpenCC: ~Copyable {
    /// Opened once, for the life of the process, and used under a lock.
    private let handle: UnsafeMutableRawPointer

    init?() {
        guard let opened = opencc_open("t2s.json"), Int(bitPattern: opened) != -1 else { return nil }
        handle = opened
    }

    func convert(_ text: String) -> String? {
        guard let converted = opencc_convert_utf8(handle, text, text.utf8.count) else { return nil }
        defer { opencc_convert_utf8_free(converted) }
        return String(cString: converted)
    }
}
