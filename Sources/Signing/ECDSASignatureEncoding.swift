/// Between the two encodings of an ECDSA or SM2 signature over a 256-bit group: OpenSSL's
/// `SEQUENCE { INTEGER r, INTEGER s }` and the raw `r ‖ s` of JOSE, COSE and IEEE P1363.
///
/// By hand because it runs once per certificate; OpenSSL's own route costs two bignums each way.
package enum ECDSASignatureEncoding {
    /// SEQUENCE header, and twice INTEGER header, sign byte, 32 bytes.
    static let maximumDERByteCount = 2 + 2 * (2 + 1 + 32)

    /// Writes DER for 64 raw bytes and returns its length.
    static func encodeDER(_ raw: UnsafeRawBufferPointer, into der: UnsafeMutableRawBufferPointer) -> Int {
        var end = 2
        for half in 0..<2 {
            let bytes = UnsafeRawBufferPointer(rebasing: raw[(half * 32)..<(half * 32 + 32)])
            var start = 0
            while start < 31 && bytes[start] == 0 { start += 1 }
            let signByte = bytes[start] >= 0x80 ? 1 : 0
            der[end] = 0x02
            der[end + 1] = UInt8(32 - start + signByte)
            end += 2
            if signByte == 1 {
                der[end] = 0
                end += 1
            }
            for i in start..<32 {
                der[end] = bytes[i]
                end += 1
            }
        }
        der[0] = 0x30
        der[1] = UInt8(end - 2)
        return end
    }

    /// Writes 64 raw bytes for DER that OpenSSL has just made; false when it is not of that shape.
    static func decodeDER(_ der: UnsafeRawBufferPointer, into raw: UnsafeMutableRawBufferPointer) -> Bool {
        guard der.count >= 8, der[0] == 0x30, Int(der[1]) == der.count - 2 else { return false }
        var position = 2
        for half in 0..<2 {
            guard position + 2 <= der.count, der[position] == 0x02 else { return false }
            var start = position + 2
            var count = Int(der[position + 1])
            guard count >= 1, start + count <= der.count else { return false }
            position = start + count
            if count == 33, der[start] == 0 {
                start += 1
                count = 32
            }
            guard count <= 32 else { return false }
            for i in 0..<32 {
                let source = i - (32 - count)
                raw[half * 32 + i] = source < 0 ? 0 : der[start + source]
            }
        }
        return position == der.count
    }

    /// 64 raw bytes of others' DER; nil unless it is the one strict encoding (X.690 §10, §8.3) of two such numbers.
    package static func rawSignature(strictDER der: [UInt8]) -> [UInt8]? {
        var raw = [UInt8](repeating: 0, count: SignatureAlgorithm.signatureByteCount)
        var again = [UInt8](repeating: 0, count: maximumDERByteCount)
        let isRead = raw.withUnsafeMutableBytes { raw in der.withUnsafeBytes { decodeDER($0, into: raw) } }
        guard isRead else { return nil }
        let count = again.withUnsafeMutableBytes { again in raw.withUnsafeBytes { encodeDER($0, into: again) } }
        return again.prefix(count).elementsEqual(der) ? raw : nil
    }
}
