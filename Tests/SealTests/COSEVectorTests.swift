import Credential
import Encodings
import Seal
import Signing
import TestSupport
import Testing

/// The COSE working group's single-signer cases.
@Suite struct COSEVectorTests {
    struct File: Decodable {
        struct Input: Decodable {
            var sign0: Sign?
            var sign: Sign?
        }
        struct Sign: Decodable {
            var key: Key
            var external: String?
        }
        struct Key: Decodable {
            var x: String?
            var y: String?
            var xHex: String?
            var yHex: String?

            enum CodingKeys: String, CodingKey {
                case x, y
                case xHex = "x_hex"
                case yHex = "y_hex"
            }
        }
        struct Intermediates: Decodable {
            var bytesToSign: String?

            enum CodingKeys: String, CodingKey { case bytesToSign = "ToBeSign_hex" }
        }
        struct Output: Decodable { var cbor: String }
        var input: Input
        var intermediates: Intermediates?
        var output: Output
    }

    private func key(_ file: File) throws -> PublicKey {
        let key = try #require(file.input.sign0 ?? file.input.sign).key
        let x = try key.x ?? Base64URL.encode(Vectors.hex(#require(key.xHex)))
        let y = try key.y ?? Base64URL.encode(Vectors.hex(#require(key.yHex)))
        return try PublicKey(jwk: JWK(kty: "EC", crv: "P-256", x: x, y: y))
    }

    /// Whether the message decodes, names the key's algorithm, and is signed by the key.
    private func isAccepted(_ file: File, isTagged: Bool = true) throws -> Bool {
        let bytes = Vectors.hex(file.output.cbor)
        let external = Vectors.hex((file.input.sign0 ?? file.input.sign)?.external ?? "")
        let key = try key(file)
        guard let message = try? COSESign1(decoding: bytes, isTagged: isTagged),
            let algorithm = message.protected.algorithm ?? message.unprotected.algorithm,
            key.algorithm.acceptedCOSEIdentifiers.contains(algorithm)
        else { return false }
        return try Verifier(key).isValid(Array(message.signature), for: message.signedBytes(externalAAD: external))
    }

    @Test(arguments: ["sign1-tests/sign-pass-01", "sign1-tests/sign-pass-02", "ecdsa-examples/ecdsa-sig-01", "CWT/A_3"])
    func accepted(name: String) throws {
        let file: File = try Vectors.json("cose/\(name).json")
        #expect(try isAccepted(file))
        if let expected = file.intermediates?.bytesToSign {
            let message = try COSESign1(decoding: Vectors.hex(file.output.cbor))
            let external = Vectors.hex((file.input.sign0 ?? file.input.sign)?.external ?? "")
            #expect(message.signedBytes(externalAAD: external) == Vectors.hex(expected))
        }
    }

    @Test("A message without its tag is read only where none is expected")
    func untagged() throws {
        let file: File = try Vectors.json("cose/sign1-tests/sign-pass-03.json")
        #expect(try isAccepted(file, isTagged: false))
        #expect(try !isAccepted(file))
    }

    @Test(arguments: ["01", "02", "03", "04", "06", "07"])
    func refused(number: String) throws {
        #expect(try !isAccepted(Vectors.json("cose/sign1-tests/sign-fail-\(number).json")))
    }

    @Test("None of them is a Signet seal: each lacks the exact header or the certificate")
    func notSeals() throws {
        for name in ["sign1-tests/sign-pass-01", "sign1-tests/sign-pass-02", "ecdsa-examples/ecdsa-sig-01", "CWT/A_3"] {
            let file: File = try Vectors.json("cose/\(name).json")
            #expect(throws: FormatError.self) { try UnverifiedSeal(decoding: Vectors.hex(file.output.cbor)) }
        }
    }
}
