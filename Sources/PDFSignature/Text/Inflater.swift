import Encodings
import Errors

/// Streams of one file as they are before compression (ISO 32000 §7.4), within a cap on each and on all of them
/// together.
struct Inflater {
    private static let mostBytes = 8 << 20

    /// What may still be inflated of this file.
    private(set) var allowance = 24 << 20

    mutating func content(of object: PDFIndirectObject, in bytes: [UInt8]) throws(PDFProblem) -> [UInt8] {
        guard let range = object.stream, let dictionary = object.value.dictionary, dictionary["DecodeParms"] == nil
        else { throw .malformed("a stream is missing") }
        // bounded: the reader of the revision found the stream within the file.
        let stored = bytes[range]
        let content: [UInt8]
        switch dictionary["Filter"] {
        case nil: content = Array(stored)
        case .name("FlateDecode"): content = try Self.inflate(stored, upTo: min(Self.mostBytes, allowance))
        default: throw .malformed("a stream has an unusual filter")
        }
        guard content.count <= allowance else { throw .malformed("its streams are too large together") }
        allowance -= content.count
        return content
    }

    private static func inflate(_ stored: ArraySlice<UInt8>, upTo limit: Int) throws(PDFProblem) -> [UInt8] {
        do {
            return try Zlib.inflated(stored, limit: limit, allowsTrailing: true)
        } catch {
            throw .malformed(
                error.code == .tooLarge ? "a stream is too large" : "a stream does not decompress, or is cut short")
        }
    }
}
