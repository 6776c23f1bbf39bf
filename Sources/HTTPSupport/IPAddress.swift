import Glibc

/// A network address as its bytes, in one form: an IPv4 address that is written as IPv6, mapped (RFC 4291 §2.5.5.2) or
/// translated (RFC 6052 §2.1), is the IPv4 address.
package struct IPAddress: Hashable, Sendable {
    /// Of IPv4 the last 32; in the machine's order, so that no memory is asked for.
    private let bits: UInt128
    package let isIPv6: Bool

    /// What stands before the 32 bits of a mapped and of a translated address.
    private static let translated: [UInt128] = [0xFFFF, 0x64_FF9B_0000_0000_0000_0000]

    private init(bits: UInt128, isIPv6: Bool) { (self.bits, self.isIPv6) = (bits, isIPv6) }

    /// Nil for what is not one address, such as a name; a zone (`%eth0`) does not count.
    package init?(_ text: String) {
        let text = String(Substring(text.utf8.prefix { $0 != UInt8(ascii: "%") }))
        // As many bytes as `inet_pton` writes, in network order.
        var (v4, v6) = (UInt32(0), UInt128(0))
        // Both would stop at a NUL.
        guard !text.utf8.contains(0) else { return nil }
        if inet_pton(AF_INET, text, &v4) == 1 {
            self.init(bits: UInt128(UInt32(bigEndian: v4)), isIPv6: false)
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            let all = UInt128(bigEndian: v6)
            let isIPv4 = Self.translated.contains(all >> 32)
            self.init(bits: isIPv4 ? all & 0xFFFF_FFFF : all, isIPv6: !isIPv4)
        } else {
            return nil
        }
    }

    /// An entry of `X-Forwarded-For`, which some proxies write with a port or in brackets.
    package init?(forwarded entry: Substring) {
        var text = entry.utf8.drop(while: Self.isBlank)
        while let last = text.last, Self.isBlank(last) { text = text.dropLast() }
        let colon = UInt8(ascii: ":")
        if text.first == UInt8(ascii: "[") {
            guard let end = text.firstIndex(of: UInt8(ascii: "]")) else { return nil }
            let rest = text[end...].dropFirst()
            guard rest.isEmpty || Self.isPort(rest) else { return nil }
            text = text[..<end].dropFirst()
        } else if let first = text.firstIndex(of: colon), !text[first...].dropFirst().contains(colon) {
            guard Self.isPort(text[first...]) else { return nil }
            text = text[..<first]
        }
        self.init(String(Substring(text)))
    }

    private static func isBlank(_ byte: UInt8) -> Bool { byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") }

    private static func isPort(_ text: Substring.UTF8View) -> Bool {
        text.first == UInt8(ascii: ":") && (2...6).contains(text.count)
            && text.dropFirst().allSatisfy((UInt8(ascii: "0")...UInt8(ascii: "9")).contains)
    }

    /// The first bits, by which a network's addresses are one.
    ///
    /// - Parameter length: 1…128, of an IPv6 address; all of IPv4 counts.
    package func network(_ length: Int) -> IPAddress {
        isIPv6 ? IPAddress(bits: bits & (UInt128.max << (128 - length)), isIPv6: true) : self
    }
}

extension IPAddress: CustomStringConvertible {
    /// For programs: of IPv6 the 128 bits as one number.
    package var description: String {
        guard !isIPv6 else { return String(bits, radix: 16) }
        return [24, 16, 8, 0].map { String(bits >> $0 & 0xFF) }.joined(separator: ".")
    }
}
