import Errors
import Signing

/// Where people sign in: the origin that browsers must name, and the RP ID that passkeys are bound to, which is its host.
package struct RelyingParty: Hashable, Sendable {
    /// Such as `https://portal.example.org`.
    package let origin: String
    /// The RP ID (Web Authentication Level 3 §4), such as `portal.example.org`.
    package let id: String
    let idHash: [UInt8]

    /// - Throws: ``WebAuthnErrorCode/unusableOrigin`` for what browsers make no passkeys at: an IP address, and plain HTTP
    ///   but at `localhost` (§13.4.9 of the specification; browsers refuse both).
    package init(origin: String) throws {
        guard let (host, isSecure) = Self.host(of: origin) else {
            throw WebAuthnError(
                .unusableOrigin, zh: "“\(origin)” 不是网站的来源；应写成 https://portal.example.org",
                en:
                    "\"\(origin)\" is no origin; write it as https://portal.example.org, in lower case and without a path"
            )
        }
        guard isSecure || host == "localhost" else {
            throw WebAuthnError(
                .unusableOrigin, zh: "通行密钥只能用在 https 网站或 http://localhost 上，不能用在 \(origin) 上",
                en: "passkeys work at https sites and at http://localhost only, not at \(origin)")
        }
        guard !Self.isAddress(host) else {
            throw WebAuthnError(
                .unusableOrigin, zh: "IP 地址不能用通行密钥；请给门户一个域名，或用 http://localhost",
                en: "an IP address cannot have passkeys; give the portal a host name, or use http://localhost")
        }
        (self.origin, id) = (origin, host)
        idHash = try SHA256.digest(host.utf8)
    }

    /// An origin is spelled in one way (RFC 6454 §6.2): lower case, no path, no port that the scheme has anyway.
    private static func host(of origin: String) -> (host: String, isSecure: Bool)? {
        let isSecure = origin.hasPrefix("https://")
        guard isSecure || origin.hasPrefix("http://") else { return nil }
        let authority = origin.dropFirst(isSecure ? 8 : 7)
        let parts = authority.split(separator: ":", omittingEmptySubsequences: false)
        guard let host = parts.first, !host.isEmpty, parts.count <= 2 else { return nil }
        if parts.count == 2 {
            // bounded: of a text, nil for what is no such number.
            guard let port = UInt16(parts[1]), String(port) == parts[1], port != 0, port != (isSecure ? 443 : 80) else {
                return nil
            }
        }
        let isLowerCase = host.utf8.allSatisfy {
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains($0) || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0)
                || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".")
        }
        let labels = host.split(separator: ".", omittingEmptySubsequences: false)
        return isLowerCase && labels.allSatisfy { !$0.isEmpty } ? (String(host), isSecure) : nil
    }

    /// A host whose last label is a number is an IPv4 address (WHATWG URL, "ends in a number").
    private static func isAddress(_ host: String) -> Bool {
        host.split(separator: ".").last.map { label in
            label.utf8.allSatisfy { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) } || label.hasPrefix("0x")
        } ?? true
    }
}
