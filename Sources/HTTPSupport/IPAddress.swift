import Glibc

/// A network address as its bytes, in one form: an IPv4 address that is written as IPv6, mapped (RFC 4291 §2.5.5.2) or
/// translated (RFC 6052 §2.1), is the IPv4 address.
package struct IPAddress: Hashable, Sendable {
    /// 4 or 16, in network order.
    private let bytes: [UInt8]

    private static let translated: [[UInt8]] = [
        [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF],
        [0, 0x64, 0xFF, 0x9B, 0, 0, 0, 0, 0, 0, 0, 0],
    ]

    package var isIPv6: Bool { bytes.count == 16 }

    /// Nil for what is not one address, such as a name; a zone (`%eth0`) does not count.
    package init?(_ text: String) {
        let text = text.prefix { $0 != "%" }.description
        var (v4, v6) = (in_addr(), in6_addr())
        // Both would stop at a NUL.
        guard !text.utf8.contains(0) else { return nil }
        if inet_pton(AF_INET, text, &v4) == 1 {
            bytes = withUnsafeBytes(of: v4) { Array($0) }
        } else if inet_pton(AF_INET6, text, &v6) == 1 {
            let all = withUnsafeBytes(of: v6) { Array($0) }
            bytes = Self.translated.contains(Array(all.prefix(12))) ? Array(all.suffix(4)) : all
        } else {
            return nil
        }
    }

    /// An entry of `X-Forwarded-For`, which some proxies write with a port or in brackets.
    package init?(forwarded entry: Substring) {
        var text = entry.drop { $0 == " " || $0 == "\t" }
        while text.last == " " || text.last == "\t" { text = text.dropLast() }
        if text.first == "[" {
            guard let end = text.firstIndex(of: "]") else { return nil }
            let rest = text[end...].dropFirst()
            guard rest.isEmpty || Self.isPort(rest) else { return nil }
            text = text[..<end].dropFirst()
        } else if let colon = text.firstIndex(of: ":"), text[colon...].count(where: { $0 == ":" }) == 1 {
            guard Self.isPort(text[colon...]) else { return nil }
            text = text[..<colon]
        }
        self.init(String(text))
    }

    private static func isPort(_ text: Substring) -> Bool {
        text.first == ":" && (1...5).contains(text.count - 1) && text.dropFirst().allSatisfy(\.isASCIIDigit)
    }

    /// - Parameter bits: how much of an IPv6 address counts; all of IPv4 does.
    package func network(bits: Int) -> String {
        guard isIPv6 else { return bytes.map(String.init).joined(separator: ".") }
        return bytes.prefix(bits / 8).map { String($0, radix: 16) }.joined(separator: ":") + "/\(bits)"
    }
}

extension Character {
    fileprivate var isASCIIDigit: Bool { ("0"..."9").contains(self) }
}
