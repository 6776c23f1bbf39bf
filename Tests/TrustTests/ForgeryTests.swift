import Encodings
import Errors
import Signing
import Testing
import Trust

/// Lists that somebody else made or changed.
@Suite struct ForgeryTests {
    let authority: Authority

    init() throws { authority = try Authority() }

    private func expect(
        _ code: TrustError.Code, _ jws: String, sourceLocation: SourceLocation = #_sourceLocation
    ) {
        #expect(throws: TrustError(code, zh: "", en: ""), sourceLocation: sourceLocation) {
            try VerifiedTrustList(jws: jws, root: authority.root.publicKey)
        }
    }

    @Test(
        "A list of another root is refused, of the same or another algorithm",
        arguments: SignatureAlgorithm.registered)
    func otherRoot(algorithm: SignatureAlgorithm) throws {
        let other = try PrivateKey.generate(algorithm)
        try expect(.wrongKey, authority.list.signed(by: other))
        // And when it borrows the pinned root's kid, the signature gives it away.
        let borrowed = authority.header(alg: algorithm.name)
        try expect(
            algorithm == .es256 ? .invalidSignature : .wrongKey, authority.jws(header: borrowed, signedBy: other))
    }

    @Test("Every changed character of the signed text is refused")
    func everyCharacter() throws {
        let jws = try Array(authority.list.signed(by: authority.root).utf8)
        for position in jws.indices where jws[position] != UInt8(ascii: ".") {
            var changed = jws
            changed[position] = changed[position] == UInt8(ascii: "A") ? UInt8(ascii: "B") : UInt8(ascii: "A")
            let text = String(decoding: changed, as: UTF8.self)
            #expect(throws: TrustError.self, "character \(position)") {
                try VerifiedTrustList(jws: text, root: authority.root.publicKey)
            }
        }
        // The control: unchanged it is taken.
        #expect(throws: Never.self) {
            try VerifiedTrustList(jws: String(decoding: jws, as: UTF8.self), root: authority.root.publicKey)
        }
    }

    @Test("A changed payload or signature is a wrong signature", arguments: SignatureAlgorithm.registered)
    func tampered(algorithm: SignatureAlgorithm) throws {
        let authority = try Authority(root: algorithm)
        let whole = try JWSParts(authority.list.signed(by: authority.root))
        var longer = authority.list
        longer.nextUpdate += 1
        var forgeries = [whole, whole, whole, whole, whole]
        forgeries[0].payload = try JWSParts(longer.signed(by: authority.root)).payload
        forgeries[1].signature[0] ^= 1
        forgeries[2].signature[63] ^= 0x80
        forgeries[3].signature = [UInt8](repeating: 0, count: 64)
        forgeries[4].signature = Array(whole.signature.dropLast())
        for forgery in forgeries {
            #expect(throws: TrustError(.invalidSignature, zh: "", en: "")) {
                try VerifiedTrustList(jws: forgery.text, root: authority.root.publicKey)
            }
        }
        #expect(throws: Never.self) { try VerifiedTrustList(jws: whole.text, root: authority.root.publicKey) }
    }

    @Test("The header never chooses the algorithm: none, HMAC with the public key, or another signature")
    func algorithmConfusion() throws {
        for algorithm in ["none", "None", "", "ES384", "EdDSA", "SM2", "es256", "ESP256"] {
            try expect(.wrongKey, authority.jws(header: authority.header(alg: algorithm)))
            var parts = try JWSParts(authority.jws(header: authority.header(alg: algorithm)))
            parts.signature = []
            expect(.wrongKey, parts.text)
        }
        let root = authority.root.publicKey
        // HMAC keys may have any length; ours take 32 bytes, and x is what a confused verifier might use.
        for secret in [Array(root.spki.suffix(64).prefix(32)), Array(root.spki.prefix(32))] {
            let payload = try JWSParts(authority.list.signed(by: authority.root)).payload
            let input = Base64URL.encode(authority.header(alg: "HS256").utf8) + "." + Base64URL.encode(payload)
            let code = try HMACSHA256(key: secret).authenticationCode(for: Array(input.utf8))
            expect(.wrongKey, input + "." + Base64URL.encode(code))
        }
        // An Ed25519 key's own list in a header that names the pinned root.
        try expect(.wrongKey, authority.jws(header: authority.header(alg: "EdDSA"), signedBy: authority.issuers[1]))
    }

    @Test("Without a signature, whatever the header, nothing is read")
    func unsigned() throws {
        let parts = try JWSParts(authority.list.signed(by: authority.root))
        let (header, payload) = (Base64URL.encode(parts.header), Base64URL.encode(parts.payload))
        expect(.invalidSignature, "\(header).\(payload).")
        expect(.malformed, "\(header).\(payload)")
        expect(.malformed, "\(header)..\(payload).\(Base64URL.encode(parts.signature))")
        expect(.malformed, "..")
        expect(.malformed, "")
        expect(.malformed, String(decoding: parts.payload, as: UTF8.self))
    }
}
