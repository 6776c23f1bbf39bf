import CZlib

/// DEFLATE in zlib framing (RFC 1950).
enum Zlib {
    static func deflated(_ input: [UInt8]) throws(StatusListError) -> [UInt8] {
        var count = compressBound(uLong(input.count))
        // bounded: our own list's.
        var output = [UInt8](repeating: 0, count: Int(count))
        guard compress2(&output, &count, input, uLong(input.count), Z_BEST_COMPRESSION) == Z_OK else {
            throw StatusListError(.compression, "zlib could not compress a status list")
        }
        // bounded: our own list's.
        return Array(output.prefix(Int(count)))
    }

    /// All of the input must be one stream, and what comes out at most `limit` bytes: no more is ever
    /// taken from memory, whatever the input promises.
    static func inflated(_ input: [UInt8], limit: Int) throws(StatusListError) -> [UInt8] {
        var stream = z_stream()
        guard signet_inflate_init(&stream) == Z_OK else {
            throw StatusListError(.compression, "zlib could not be prepared")
        }
        defer { inflateEnd(&stream) }
        var input = input
        var output: [UInt8] = []
        var portion = [UInt8](repeating: 0, count: min(limit + 1, 1 << 18))
        let inputCount = input.count
        let result = input.withUnsafeMutableBufferPointer { source -> Int32 in
            stream.next_in = source.baseAddress
            stream.avail_in = uInt(inputCount)
            while true {
                let (result, count) = portion.withUnsafeMutableBufferPointer { target -> (Int32, Int) in
                    stream.next_out = target.baseAddress
                    stream.avail_out = uInt(target.count)
                    // bounded: of 32 bits.
                    return (inflate(&stream, Z_NO_FLUSH), target.count - Int(stream.avail_out))
                }
                // bounded: what zlib filled of it.
                output += portion[..<count]
                if output.count > limit { return Z_MEM_ERROR }
                // A stream that asks for more than there is ends with Z_BUF_ERROR.
                if result != Z_OK { return result }
            }
        }
        guard result == Z_STREAM_END, stream.avail_in == 0 else {
            throw output.count > limit
                ? StatusListError(.tooLarge, "a status list inflates to more than \(limit) bytes")
                : StatusListError(.malformed, "a status list is not one whole zlib stream")
        }
        return output
    }
}
