import FoundationEssentials

/// JSON (RFC 8259) in one spelling: names in ascending order, no spaces, slashes as they are. What is signed, hashed,
/// compared or shown to programs is written so.
package enum StableJSON {
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        return try Array(encoder.encode(value))
    }
}

package enum JSONLine {
    /// One line without its end, for NDJSON.
    package static func encode(_ value: some Encodable) throws -> String {
        String(decoding: try StableJSON.encode(value), as: UTF8.self)
    }
}
