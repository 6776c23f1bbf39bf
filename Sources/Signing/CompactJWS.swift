import Encodings
import FoundationEssentials

/// A compact JWS (RFC 7515 §7.1) in its three parts. Nothing in it is true before a key that its reader chose has
/// checked it.
package struct CompactJWS: Sendable {
    private let headerPart: Substring
    private let payloadPart: Substring
    private let signaturePart: Substring

    /// Nil unless there are three parts; white space behind them does not count.
    package init?(_ text: some StringProtocol) {
        let parts = Substring(text).withoutSpaceBehind.utf8.split(
            separator: UInt8(ascii: "."), maxSplits: 3, omittingEmptySubsequences: false)
        guard parts.count == 3 else { return nil }
        (headerPart, payloadPart, signaturePart) = (Substring(parts[0]), Substring(parts[1]), Substring(parts[2]))
    }

    /// Nil unless it is what ``JWSHeader`` takes.
    package var header: JWSHeader? { JWSHeader(decoding: headerPart) }
    package var payload: [UInt8]? { Base64URL.decode(payloadPart) }
    package var signature: [UInt8]? { Base64URL.decode(signaturePart) }
    /// What the signature is of (RFC 7515 §5.1).
    package var signedBytes: [UInt8] { Array("\(headerPart).\(payloadPart)".utf8) }

    /// Nil where the payload is not such a value.
    package func content<Content: Decodable>(as type: Content.Type) -> Content? {
        payload.flatMap { try? JSONDecoder().decode(type, from: Data($0)) }
    }

    /// Whether the signature is right under a key, whatever the header says.
    package func isSigned(by key: PublicKey) throws -> Bool {
        guard let signature else { return false }
        return try Verifier(key).isValid(signature, for: signedBytes)
    }

    /// Whether the header is to the byte the one that we write: nothing in it is left to be chosen.
    package func hasOwnHeader(type: String, of key: PublicKey) throws -> Bool {
        try headerPart == JWSHeader(type: type, key: key).encoded()[...]
    }

    /// - Parameter type: `typ`, which keeps one kind of message from being taken for another (RFC 8725 §3.11).
    package static func signed(_ content: some Encodable, type: String, by key: PrivateKey) throws -> String {
        let input =
            try JWSHeader(type: type, key: key.publicKey).encoded() + "." + Base64URL.encode(StableJSON.encode(content))
        return try input + "." + Base64URL.encode(Signer(key).sign(Array(input.utf8)))
    }
}

extension Substring {
    fileprivate var withoutSpaceBehind: Substring {
        var text = self
        // bounded: each turn takes a character away.
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}
