import Encodings
import Errors
import Signing
import TestSupport
import Testing

@Suite struct SignatureTests {
    @Test("One signer's many signatures are all right, on several threads", arguments: SignatureAlgorithm.registered)
    func manySignatures(algorithm: SignatureAlgorithm) async throws {
        let key = try PrivateKey.generate(algorithm)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for worker in 0..<4 {
                group.addTask {
                    let signer = try Signer(key)
                    for i in 0..<25 {
                        let message = Array("message \(i) of worker \(worker)".utf8)
                        let signature = try signer.sign(message)
                        // A fresh verifier each time: an error shared by both sides would not show.
                        #expect(try Verifier(key.publicKey).isValid(signature, for: message))
                        #expect(try !Verifier(key.publicKey).isValid(signature, for: message + [0]))
                    }
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("The known answer of GB/T 32918.5 verifies, and only with its distinguishing ID")
    func sm2KnownAnswer() throws {
        let point = Vectors.hex(
            "09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"
                + "CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13")
        let signature = Vectors.hex(
            "F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3"
                + "B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA")
        let key = try PublicKey(
            jwk: JWK(
                kty: "EC", crv: "SM2", x: Base64URL.encode(point.prefix(32)), y: Base64URL.encode(point.suffix(32))))
        let verifier = try Verifier(key)
        #expect(try verifier.isValid(signature, for: Array("message digest".utf8)))
        #expect(try !verifier.isValid(signature, for: Array("message digesu".utf8)))
    }

    @Test("Signatures of the wrong length or all zero are wrong, not errors", arguments: SignatureAlgorithm.registered)
    func malformedSignatures(algorithm: SignatureAlgorithm) throws {
        let verifier = try Verifier(PrivateKey.generate(algorithm).publicKey)
        for count in [0, 1, 63, 64, 65, 72] {
            #expect(try !verifier.isValid([UInt8](repeating: 0, count: count), for: [1, 2, 3]))
        }
    }

    @Test("Keys keep their kid through SPKI, PEM and JWK", arguments: SignatureAlgorithm.registered)
    func publicKeyForms(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm).publicKey
        #expect(try PublicKey(spki: key.spki).kid == key.kid)
        #expect(try PublicKey(pem: key.pem).kid == key.kid)
        #expect(try PublicKey(jwk: key.jwk).kid == key.kid)
        #expect(KeyID(hex: key.kid.description) == key.kid)
        #expect(key.algorithm == algorithm)
    }

    @Test("A point that is not on the curve is refused")
    func pointOffCurve() throws {
        var spki = try PrivateKey.generate(.es256).publicKey.spki
        spki[spki.count - 1] ^= 1
        #expect(throws: SigningError(.malformedKey, zh: "", en: "")) { try PublicKey(spki: spki) }
    }

    @Test("A key of a kind that is not registered is refused by name")
    func unknownKey() {
        #expect(throws: SigningError(.unsupportedAlgorithm, zh: "", en: "")) {
            try PublicKey(spki: [0x30, 0x03, 1, 2, 3])
        }
        #expect(throws: SigningError(.unsupportedAlgorithm, zh: "", en: "")) { try SignatureAlgorithm.named("none") }
    }
}
