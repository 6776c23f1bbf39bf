import CZlib
import Errors

/// DEFLATE (RFC 1951).
package enum Zlib {
    package enum Framing: Int32, Sendable {
        /// RFC 1950: 15 bits of window.
        case zlib = 15
        /// RFC 1952: 16 more.
        case gzip = 31
    }

    package static func deflated(_ input: [UInt8], framing: Framing = .zlib) throws(FormatError) -> [UInt8] {
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard
            deflateInit2_(
                &stream, Z_BEST_COMPRESSION, Z_DEFLATED, framing.rawValue, memoryLevel, Z_DEFAULT_STRATEGY,
                ZLIB_VERSION, size) == Z_OK
        else { throw FormatError(.compression, zh: "无法准备 zlib", en: "zlib could not be prepared") }
        defer { deflateEnd(&stream) }
        var input = input
        // bounded: our own content's.
        var output = [UInt8](repeating: 0, count: Int(deflateBound(&stream, uLong(input.count))))
        let isComplete = input.withUnsafeMutableBufferPointer { input in
            output.withUnsafeMutableBufferPointer { output in
                (stream.next_in, stream.avail_in) = (input.baseAddress, uInt(input.count))
                (stream.next_out, stream.avail_out) = (output.baseAddress, uInt(output.count))
                return deflate(&stream, Z_FINISH) == Z_STREAM_END
            }
        }
        guard isComplete else { throw FormatError(.compression, zh: "zlib 无法压缩", en: "zlib could not compress") }
        // bounded: of 32 bits.
        output.removeLast(Int(stream.avail_out))
        return output
    }

    /// What comes out has at most `limit` bytes: no more is ever taken from memory, whatever the input promises.
    ///
    /// - Parameter allowsTrailing: whether bytes may follow the end of the stream.
    package static func inflated(
        _ input: some Collection<UInt8>, limit: Int, allowsTrailing: Bool = false
    ) throws(FormatError) -> [UInt8] {
        var stream = z_stream()
        guard signet_inflate_init(&stream) == Z_OK else {
            throw FormatError(.compression, zh: "无法准备 zlib", en: "zlib could not be prepared")
        }
        defer { inflateEnd(&stream) }
        var input = Array(input)
        var output: [UInt8] = []
        let result = input.withUnsafeMutableBufferPointer { source in
            stream.next_in = source.baseAddress
            stream.avail_in = uInt(clamping: source.count)
            return inflate(&stream, into: &output, limit: limit)
        }
        guard output.count <= limit else {
            throw FormatError(
                .tooLarge, zh: "数据流解压后超过 \(limit) 字节", en: "a stream inflates to more than \(limit) bytes")
        }
        guard result == Z_STREAM_END, allowsTrailing || stream.avail_in == 0 else {
            throw FormatError(.malformed, zh: "不是一个完整的 zlib 数据流", en: "it is not one whole zlib stream")
        }
        return output
    }

    /// - Returns: what zlib said last. A stream that asks for more than there is ends with `Z_BUF_ERROR`.
    private static func inflate(_ stream: inout z_stream, into output: inout [UInt8], limit: Int) -> Int32 {
        withUnsafeTemporaryAllocation(of: UInt8.self, capacity: min(limit + 1, 1 << 16)) { portion in
            var result = Z_OK
            while result == Z_OK, output.count <= limit {
                stream.next_out = portion.baseAddress
                stream.avail_out = uInt(clamping: portion.count)
                result = CZlib.inflate(&stream, Z_NO_FLUSH)
                output.append(contentsOf: portion.prefix(portion.count - Int(clamping: stream.avail_out)))
            }
            return result
        }
    }

    /// As `compress2` has it.
    private static let memoryLevel: Int32 = 8
}
