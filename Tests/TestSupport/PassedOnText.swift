/// The digits of a seal as people and programs pass them on: in order, with things between and around them.
public enum PassedOnText {
    private static let between = [
        " ", "\n", "\r\n> ", "\u{200B}", "\u{A0}", "\u{AD}", "\u{FEFF}", "\t", "=\n", "-", ".", "\u{2060}", "%20",
        "%0A",
    ]
    private static let around = [
        "", "\"", "（", "您好：", "see ", "<", "。", ".", " ok", "\n2026-11-28", ") 3", "&data=05%7C02",
    ]

    public static func of(_ digits: String, _ random: inout SeededGenerator) -> String {
        var text = ""
        let isFullWidth = Int.random(in: 0..<8, using: &random) == 0
        let breaks = Set(
            (0..<Int.random(in: 0...12, using: &random)).map { _ in Int.random(in: 1..<600, using: &random) })
        for (index, digit) in digits.unicodeScalars.enumerated() {
            if breaks.contains(index) { text += between.randomElement(using: &random) ?? "" }
            text.unicodeScalars.append(isFullWidth ? Unicode.Scalar(digit.value + 0xFEE0) ?? digit : digit)
        }
        let sign = ["#", "%23", "＃", "%2523"].randomElement(using: &random) ?? "#"
        let before = around.prefix(6).randomElement(using: &random) ?? ""
        let behind = around.suffix(6).randomElement(using: &random) ?? ""
        return before + "https://verify.example.org/c" + sign + text + behind
    }
}
