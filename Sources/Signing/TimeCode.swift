import COpenSSL

/// Codes that change with time (TOTP, RFC 6238) of six digits, by HMAC-SHA-1 and steps of 30 seconds: the one form that all
/// apps have.
package enum TimeCode {
    package static let (stepSeconds, digitCount, secretByteCount) = (30, 6, 20)
    private static let modulus = 1_000_000

    /// - Parameter time: seconds since 1970.
    package static func step(at time: Int) -> Int { time / stepSeconds }

    package static func code(_ secret: [UInt8], step: Int) throws(SigningError) -> String {
        var counter: [UInt8] = []
        for shift in stride(from: 56, through: 0, by: -8) { counter.append(UInt8(truncatingIfNeeded: step >> shift)) }
        var digest = [UInt8](repeating: 0, count: Int(EVP_MAX_MD_SIZE))
        var count = 0
        let made = EVP_Q_mac(
            nil, "HMAC", nil, "SHA1", nil, secret, secret.count, counter, counter.count, &digest, digest.count, &count)
        _ = try require(made, "computing a code")
        // RFC 4226 §5.3: within the 20 bytes of the digest.
        let offset = Int(digest[count - 1] & 15)
        let number = digest[offset..<(offset + 4)].reduce(0) { $0 << 8 | Int($1) } & 0x7FFF_FFFF
        let digits = String(number % modulus)
        return String(repeating: "0", count: digitCount - digits.count) + digits
    }

    /// The step among the one of this time and its neighbours whose code it is.
    package static func step(of code: String, secret: [UInt8], at time: Int) throws(SigningError) -> Int? {
        let now = step(at: time)
        var found: Int?
        for step in [now - 1, now, now + 1]
        where ConstantTime.areEqual(Array(code.utf8), Array(try Self.code(secret, step: step).utf8)) {
            found = step
        }
        return found
    }
}
