import Glibc

/// Strict conversion to UTF-8 by the C library.
struct Transcoder {
    enum Stop { case none, incomplete, malformed }

    /// - Returns: the UTF-8 of the longest convertible prefix, how many bytes that prefix has, and
    ///   why the rest was left.
    static func utf8(from bytes: [UInt8], encoding name: String) -> (text: [UInt8], consumed: Int, stop: Stop) {
        guard let converter = iconv_open("UTF-8", name), converter != Self.failed else { return ([], 0, .malformed) }
        defer { iconv_close(converter) }
        var stop = Stop.none
        var consumed = 0
        var input = bytes
        // Both GB18030 and UTF-16 grow to at most 3 bytes of UTF-8 for every 2 of theirs.
        let text = [UInt8](unsafeUninitializedCapacity: bytes.count * 3 / 2 + 8) { output, filled in
            input.withUnsafeMutableBytes { raw in
                var from = raw.baseAddress?.assumingMemoryBound(to: CChar.self)
                var to = UnsafeMutableRawPointer(output.baseAddress)?.assumingMemoryBound(to: CChar.self)
                var left = raw.count
                var space = output.count
                _ = iconv(converter, &from, &left, &to, &space)
                if left > 0 { stop = errno == EINVAL ? .incomplete : .malformed }
                consumed = raw.count - left
                filled = output.count - space
            }
        }
        return (text, consumed, stop)
    }

    private static var failed: iconv_t? { iconv_t(bitPattern: -1) }
}
