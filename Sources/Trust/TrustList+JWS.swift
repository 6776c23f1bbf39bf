import FoundationEssentials
import Signing

/// The compact JWS (RFC 7515) around a trust list.
enum TrustListJWS {
    static let type = "trust-list+jwt"

    struct Header: Codable {
        var alg: String
        var kid: String
        var typ: String
    }

    /// Header fields by which a message would choose its own key or meaning.
    private static let refusedHeaderFields = ["jwk", "jku", "x5u", "x5c", "crit", "b64"]

    /// Members of a JSON object whose values are texts, counted by the colons outside of texts.
    private static func memberCount(ofFlatObject json: [UInt8]) -> Int {
        var (count, isInText, isEscaped) = (0, false, false)
        for byte in json {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInText = false
                }
            } else if byte == 0x22 {
                isInText = true
            } else if byte == 0x3A {
                count += 1
            }
        }
        return count
    }

    static func header(from text: Substring) throws(TrustError) -> Header {
        guard let bytes = Base64URL.decode(text),
            let fields = try? JSONDecoder().decode([String: String].self, from: Data(bytes)),
            // A field that stands twice would mean one thing here and another elsewhere.
            memberCount(ofFlatObject: bytes) == fields.count,
            let alg = fields["alg"], let kid = fields["kid"], let typ = fields["typ"],
            !refusedHeaderFields.contains(where: { fields[$0] != nil })
        else { throw TrustError(.malformed, "the trust list's header is not what it must be") }
        return Header(alg: alg, kid: kid, typ: typ)
    }
}

extension TrustList {
    /// Signs with the authority's root key and gives the compact JWS.
    package func signed(by root: PrivateKey) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = TrustListJWS.Header(
            alg: root.algorithm.name, kid: root.publicKey.kid.description, typ: TrustListJWS.type)
        let signingInput =
            try Base64URL.encode(encoder.encode(header)) + "." + Base64URL.encode(encoder.encode(self))
        return try signingInput + "." + Base64URL.encode(Signer(root).sign(Array(signingInput.utf8)))
    }

    /// Checks the signature under the pinned root before anything in the list is read.
    static func checked(jws: String, root: PublicKey) throws -> TrustList {
        let text = jws.trimmingSuffix { $0.isWhitespace }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw TrustError(.malformed, "the trust list is not a compact JWS") }
        let header = try TrustListJWS.header(from: parts[0])
        guard header.typ == TrustListJWS.type else {
            throw TrustError(.wrongType, "the JWS is of another type than \(TrustListJWS.type)")
        }
        // The algorithm is the pinned key's; the header must only agree.
        guard header.alg == root.algorithm.name, header.kid == root.kid.description else {
            throw TrustError(
                .wrongKey, "the trust list is signed with another key than the pinned root \(root.kid)")
        }
        guard let signature = Base64URL.decode(parts[2]),
            try Verifier(root).isValid(signature, for: Array("\(parts[0]).\(parts[1])".utf8))
        else { throw TrustError(.invalidSignature, "the trust list's signature is wrong; get the list again") }
        guard let payload = Base64URL.decode(parts[1]) else {
            throw TrustError(.malformed, "the trust list's payload is not base64url")
        }
        do {
            return try JSONDecoder().decode(TrustList.self, from: Data(payload))
        } catch {
            throw TrustError(.malformed, "the trust list's content does not follow its format")
        }
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}
