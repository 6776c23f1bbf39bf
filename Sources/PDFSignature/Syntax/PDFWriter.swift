import Encodings
import Signing

/// Writes objects of ISO 32000 §7.3 in their plainest form.
struct PDFWriter {
    private(set) var bytes: [UInt8] = []
    /// Where each object written so far begins, by number.
    private var offsets: [Int]

    init(reserving capacity: Int, objectCount: Int) {
        bytes.reserveCapacity(capacity)
        offsets = [Int](repeating: 0, count: objectCount)
        append("%PDF-1.7\n%")
        bytes += [0xE2, 0xE3, 0xCF, 0xD3, 0x0A]
    }

    mutating func append(_ text: String) { bytes += text.utf8 }

    mutating func copy(_ object: PDFIndirectObject, from revision: PDFRevision) {
        offsets[object.number] = bytes.count
        bytes += revision.bytes[object.extent]
    }

    mutating func object(_ number: Int, _ body: (inout PDFWriter) -> Void) {
        offsets[number] = bytes.count
        append("\(number) 0 obj\n")
        body(&self)
        append("\nendobj\n")
    }

    mutating func stream(_ number: Int, _ dictionary: String, _ content: [UInt8]) {
        object(number) { writer in
            writer.append("<< \(dictionary) /Length \(content.count) >>\nstream\n")
            writer.bytes += content
            writer.append("\nendstream")
        }
    }

    /// Cross-reference table, trailer and end.
    mutating func finish(trailer: PDFDictionary) {
        let position = bytes.count
        append("xref\n0 \(offsets.count)\n0000000000 65535 f \n")
        for offset in offsets.dropFirst() {
            let digits = String(offset)
            append(String(repeating: "0", count: 10 - digits.utf8.count) + digits + " 00000 n \n")
        }
        var trailer = trailer
        trailer["Size"] = .integer(offsets.count)
        append("trailer\n")
        append(.dictionary(trailer))
        append("\nstartxref\n\(position)\n%%EOF\n")
    }

    /// Overwrites bytes written before, without moving any.
    mutating func fill(_ position: Int, _ content: some Collection<UInt8>) {
        bytes.replaceSubrange(position..<(position + content.count), with: content)
    }

    mutating func append(_ object: PDFObject) {
        switch object {
        case .null: append("null")
        case .boolean(let value): append(value ? "true" : "false")
        case .integer(let value): append(String(value))
        case .real(let text): append(text)
        case .name(let name): append(Self.name(name))
        case .string(let content, _): append(Self.hexadecimal(content))
        case .reference(let number): append("\(number) 0 R")
        case .array(let elements):
            append("[")
            for element in elements {
                append(" ")
                append(element)
            }
            append(" ]")
        case .dictionary(let dictionary):
            append("<<")
            for (key, value) in dictionary.entries {
                append("\n\(Self.name(key)) ")
                append(value)
            }
            append("\n>>")
        }
    }

    static func hexadecimal(_ content: [UInt8]) -> String { "<" + Hex.encode(content, .upper) + ">" }

    /// A text string (§7.9.2.2) in UTF-16 with its mark.
    static func text(_ text: String) -> String {
        hexadecimal([0xFE, 0xFF] + text.utf16.flatMap { [UInt8($0 >> 8), UInt8($0 & 0xFF)] })
    }

    /// `D:YYYYMMDDhhmmssZ` (§7.9.4).
    static func date(_ time: Int) -> String { "(D:\(X509Time.digits(time))Z)" }

    static func name(_ name: String) -> String {
        "/"
            + name.utf8.map { byte in
                switch byte {
                case 0x30...0x39, 0x41...0x5A, 0x61...0x7A, 0x2B, 0x2D, 0x2E, 0x5F:
                    String(Unicode.Scalar(byte))
                default: "#" + Hex.encode([byte], .upper)
                }
            }.joined()
    }
}
