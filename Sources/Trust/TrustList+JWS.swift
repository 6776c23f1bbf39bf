import Encodings
import Errors
import FoundationEssentials
import Signing

/// The compact JWS (RFC 7515) around a trust list.
enum TrustListJWS {
    static let type = "trust-list+jwt"

    static func header(from text: Substring) throws(TrustError) -> JWSHeader {
        guard let header = JWSHeader(decoding: text) else {
            throw TrustError(.malformed, "the trust list's header is not what it must be")
        }
        return header
    }
}

extension TrustList {
    /// Signs with the authority's root key and gives the compact JWS.
    package func signed(by root: PrivateKey) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let header = JWSHeader(
            algorithm: root.algorithm.name, keyID: root.publicKey.kid.description, type: TrustListJWS.type)
        let signingInput =
            try Base64URL.encode(header.encoded()) + "." + Base64URL.encode(encoder.encode(self))
        return try signingInput + "." + Base64URL.encode(Signer(root).sign(Array(signingInput.utf8)))
    }

    /// Checks the signature under the pinned root before anything in the list is read.
    static func checked(jws: String, root: PublicKey) throws -> TrustList {
        let text = jws.trimmingSuffix { $0.isWhitespace }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw TrustError(.malformed, "the trust list is not a compact JWS") }
        let header = try TrustListJWS.header(from: parts[0])
        guard header.type == TrustListJWS.type else {
            throw TrustError(.wrongType, "the JWS is of another type than \(TrustListJWS.type)")
        }
        // The algorithm is the pinned key's; the header must only agree.
        guard header.algorithm == root.algorithm.name, header.keyID == root.kid.description else {
            throw TrustError(
                .wrongKey, "the trust list is signed with another key than the pinned root \(root.kid)")
        }
        guard let signature = Base64URL.decode(parts[2]),
            try Verifier(root).isValid(signature, for: Array("\(parts[0]).\(parts[1])".utf8))
        else { throw TrustError(.invalidSignature, "the trust list's signature is wrong; get the list again") }
        return try content(of: parts[1])
    }

    private static func content(of payload: Substring) throws(TrustError) -> TrustList {
        guard let payload = Base64URL.decode(payload) else {
            throw TrustError(.malformed, "the trust list's payload is not base64url")
        }
        do {
            return try JSONDecoder().decode(TrustList.self, from: Data(payload))
        } catch {
            throw TrustError(.malformed, "the trust list's content does not follow its format")
        }
    }

    /// The institutions' keys in a list whose bytes are known to be those that were published: no signature is checked.
    package static func institutionKeys(recorded jws: String) throws(TrustError) -> [PublicKey] {
        let parts = jws.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3 else { throw TrustError(.malformed, "the trust list is not a compact JWS") }
        var keys: [PublicKey] = []
        for entry in try content(of: parts[1]).institutions.flatMap(\.keys) { keys.append(try entry.checkedKey()) }
        return keys
    }
}

extension String {
    fileprivate func trimmingSuffix(while predicate: (Character) -> Bool) -> Substring {
        var text = self[...]
        // bounded: each turn takes a character away.
        while let last = text.last, predicate(last) { text.removeLast() }
        return text
    }
}
