import Credential
import Encodings
import Errors
import Signing
import TestSupport
import Testing

@Suite struct PrimitivesTests {
    @Test("HMAC-SHA-256: RFC 4231, cases 1, 2 and 4")
    func hmac() throws {
        let cases: [(key: [UInt8], data: [UInt8], code: String)] = [
            (
                [UInt8](repeating: 0x0B, count: 20), Array("Hi There".utf8),
                "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"
            ),
            (
                Array("Jefe".utf8), Array("what do ya want for nothing?".utf8),
                "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
            ),
            (
                Array(1...25), [UInt8](repeating: 0xCD, count: 50),
                "82558a389a443c0ea4cc819899f2083a85f0faa3e578f8077a2e3ff46729665b"
            ),
        ]
        for (key, data, code) in cases {
            let hmac = try HMACSHA256(key: key)
            #expect(try Hex.encode(hmac.authenticationCode(for: data)) == code)
            #expect(try Hex.encode(hmac.authenticationCode(for: data)) == code, "the same again from one object")
        }
    }

    @Test("SHA-256 of abc, whole and in parts")
    func sha256() throws {
        let expected = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        #expect(try Hex.encode(SHA256.digest(Array("abc".utf8))) == expected)
        let hasher = try SHA256Hasher()
        for _ in 0..<2 {
            for byte in Array("abc".utf8) { try hasher.update([byte]) }
            #expect(try Hex.encode(hasher.finalize()) == expected)
        }
    }

    @Test("A box opens only unchanged, with its key and beside what it was bound to")
    func boxes() throws {
        let key = try SecureRandom.bytes(32)
        let cipher = try AES256GCM(key: key)
        for count in [0, 1, 15, 16, 17, 300] {
            let plaintext = try SecureRandom.bytes(count)
            let box = try cipher.seal(plaintext, associated: [1, 2, 3])
            #expect(try cipher.open(box, associated: [1, 2, 3]) == plaintext)
            #expect(throws: SigningError(.decryptionFailed, zh: "", en: "")) {
                try cipher.open(box, associated: [1, 2, 4])
            }
            for position in [0, 12, box.count - 1] {
                var changed = box
                changed[position] ^= 0x80
                #expect(throws: SigningError(.decryptionFailed, zh: "", en: "")) {
                    try cipher.open(changed, associated: [1, 2, 3])
                }
            }
            let other = try AES256GCM(key: SecureRandom.bytes(32))
            #expect(throws: SigningError(.decryptionFailed, zh: "", en: "")) {
                try other.open(box, associated: [1, 2, 3])
            }
        }
        #expect(throws: SigningError(.decryptionFailed, zh: "", en: "")) { try cipher.open([1, 2, 3], associated: []) }
    }

    @Test("base64url has one spelling for each value")
    func base64url() {
        var generator = SeededGenerator(seed: 7)
        for count in 0..<70 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            #expect(Base64URL.decode(Base64URL.encode(bytes)) == bytes)
        }
        for refused in ["A", "AA=", "AA==", "A+", "A/", "AB", "AAB", "A A"] {
            #expect(Base64URL.decode(refused) == nil, "\(refused)")
        }
    }
}
