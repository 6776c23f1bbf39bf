import FoundationEssentials

package enum JSONText {
    /// A JSON string with its marks.
    package static func quoted(_ text: String) -> String {
        // Any text can be encoded.
        (try? JSONEncoder().encode(text)).map { String(decoding: $0, as: UTF8.self) } ?? "\"\""
    }
}
