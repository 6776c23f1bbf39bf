import CZlib

/// Streams as they are before compression (ISO 32000 §7.4), within a cap.
enum Inflater {
    private static let mostBytes = 8 << 20

    static func content(of object: PDFIndirectObject, in bytes: [UInt8]) throws(PDFProblem) -> [UInt8] {
        guard let range = object.stream, let dictionary = object.value.dictionary, dictionary["DecodeParms"] == nil
        else { throw .malformed("a stream is missing") }
        let stored = bytes[range]
        switch dictionary["Filter"] {
        case nil: return Array(stored)
        case .name("FlateDecode"): return try inflate(stored)
        default: throw .malformed("a stream has an unusual filter")
        }
    }

    private static func inflate(_ stored: ArraySlice<UInt8>) throws(PDFProblem) -> [UInt8] {
        var capacity = max(stored.count * 4, 1024)
        while capacity <= mostBytes {
            var count = uLongf(capacity)
            var result = Z_BUF_ERROR
            let content = [UInt8](unsafeUninitializedCapacity: capacity) { buffer, initialized in
                result = stored.withUnsafeBufferPointer {
                    uncompress(buffer.baseAddress, &count, $0.baseAddress, uLong($0.count))
                }
                initialized = result == Z_OK ? Int(count) : 0
            }
            if result == Z_OK { return content }
            guard result == Z_BUF_ERROR else { throw .malformed("a stream does not decompress") }
            capacity *= 2
        }
        throw .malformed("a stream is too large, or cut short")
    }
}
