import Signing
import TestSupport
import Testing

@Suite struct WycheproofTests {
    struct File: Decodable {
        var numberOfTests: Int
        var testGroups: [Group]
    }
    struct Group: Decodable {
        var publicKeyDer: String
        var publicKeyJwk: JWK?
        var tests: [Case]
    }
    struct Case: Decodable {
        var tcId: Int
        var comment: String
        var msg: String
        var sig: String
        var result: String
    }

    @Test(arguments: ["ecdsa_secp256r1_sha256_p1363_test", "ed25519_test"])
    func everyCaseIsJudgedAsPublished(file: String) throws {
        let vectors: File = try Vectors.json("wycheproof/\(file).json")
        var count = 0
        for group in vectors.testGroups {
            let key = try PublicKey(spki: Vectors.hex(group.publicKeyDer))
            if let jwk = group.publicKeyJwk { #expect(try PublicKey(jwk: jwk).spki == key.spki) }
            // One verifier for all, so that a refused signature must not spoil the next check.
            let verifier = try Verifier(key)
            for test in group.tests {
                let isValid = try verifier.isValid(Vectors.hex(test.sig), for: Vectors.hex(test.msg))
                #expect(isValid == (test.result == "valid"), "case \(test.tcId): \(test.comment)")
                count += 1
            }
        }
        #expect(count == vectors.numberOfTests)
    }
}
