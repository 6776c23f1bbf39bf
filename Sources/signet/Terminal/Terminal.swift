import Encodings
import Glibc

/// A standard stream. Texts go out at once and whole, and whatever a stranger put into them moves no cursor.
struct Terminal: Sendable {
    static let standardOutput = Terminal(descriptor: STDOUT_FILENO)
    static let standardError = Terminal(descriptor: STDERR_FILENO)

    let descriptor: Int32
    let isTerminal: Bool

    private init(descriptor: Int32) {
        self.descriptor = descriptor
        isTerminal = isatty(descriptor) == 1
    }

    func write(_ text: String) { write(Array(text.utf8)) }

    func write(_ bytes: [UInt8]) { draw(SafeText.shown(lines: bytes)) }

    /// A message of this program, in one line whatever is in it.
    func say(_ sentence: String) { draw(Array("signet: \(SafeText.shown(sentence))\n".utf8)) }

    /// With control sequences of this program's own; texts of strangers in it were made safe before.
    func draw(_ text: String) { draw(Array(text.utf8)) }

    func draw(_ bytes: [UInt8]) {
        // What was printed before comes out before.
        fflush(nil)
        var offset = 0
        while offset < bytes.count {
            let count = bytes.withUnsafeBytes {
                Glibc.write(descriptor, $0.baseAddress! + offset, bytes.count - offset)
            }
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { return }
            offset += count
        }
    }

    /// Columns, 80 when unknown.
    var width: Int {
        var size = winsize()
        guard ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else { return 80 }
        return Int(size.ws_col)
    }

    /// Colours only where a person sees them, and not against their wish (no-color.org).
    func styled(_ text: String, _ style: Style) -> String {
        guard isTerminal, getenv("NO_COLOR") == nil else { return text }
        return "\u{1B}[\(style.rawValue)m\(text)\u{1B}[0m"
    }

    enum Style: String {
        case good = "1;32"
        case bad = "1;31"
        case unsure = "1;33"
        case faint = "2"
        case bold = "1"
    }
}

/// In place of the library's: what is printed may hold texts of strangers.
func print(_ text: String, terminator: String = "\n") {
    Swift.print(String(decoding: SafeText.shown(lines: Array(text.utf8)), as: UTF8.self), terminator: terminator)
}
