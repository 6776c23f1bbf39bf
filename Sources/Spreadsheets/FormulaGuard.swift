/// results.md, 55: keeps the text of a cell from being taken for a formula by the program that opens the file.
package enum FormulaGuard {
    /// With a leading apostrophe where the text begins like a formula. A mere dash stands for nothing.
    package static func neutralised(_ text: String) -> String {
        guard let first = text.utf8.first, "=+-@\t\r".utf8.contains(first) else { return text }
        return text.utf8.allSatisfy { $0 == UInt8(ascii: "-") } ? text : "'" + text
    }
}
