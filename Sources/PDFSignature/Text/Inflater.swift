import CZlib

/// Streams of one file as they are before compression (ISO 32000 §7.4), within a cap on each and on all of them
/// together.
struct Inflater {
    private static let mostBytes = 8 << 20
    private static let blockByteCount = 1 << 16

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

    /// Goes over the stream once, and stops at the cap.
    private static func inflate(_ stored: ArraySlice<UInt8>, upTo limit: Int) throws(PDFProblem) -> [UInt8] {
        var stream = z_stream()
        guard inflateInit_(&stream, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK else {
            throw .malformed("a stream does not decompress")
        }
        defer { inflateEnd(&stream) }
        var input = Array(stored)
        var content: [UInt8] = []
        let outcome = input.withUnsafeMutableBufferPointer { input in
            stream.next_in = input.baseAddress
            stream.avail_in = UInt32(clamping: input.count)
            return withUnsafeTemporaryAllocation(of: UInt8.self, capacity: blockByteCount) { block in
                var result = Z_OK
                while result == Z_OK, content.count <= limit {
                    stream.next_out = block.baseAddress
                    stream.avail_out = UInt32(clamping: block.count)
                    result = CZlib.inflate(&stream, Z_NO_FLUSH)
                    content.append(contentsOf: block.prefix(block.count - Int(clamping: stream.avail_out)))
                }
                return result
            }
        }
        guard content.count <= limit else { throw .malformed("a stream is too large") }
        guard outcome == Z_STREAM_END else { throw .malformed("a stream does not decompress, or is cut short") }
        return content
    }
}
