import Credential
import Foundation
import Signing
import Testing
import Trust

/// Signing and reading lists that are as they must be.
@Suite struct TrustListTests {
    @Test(
        "What an authority signs is what a verifier reads, under a root of every algorithm",
        arguments: SignatureAlgorithm.registered)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let authority = try Authority(root: algorithm)
        let verified = try authority.published()
        #expect(verified.list == authority.list)
        let parts = try JWSParts(authority.list.signed(by: authority.root))
        #expect(String(decoding: parts.header, as: UTF8.self) == authority.header())
        #expect(parts.signature.count == 64)
    }

    @Test("The payload has the names of docs/formats/trust-list.md, and nothing besides")
    func fieldNames() throws {
        var authority = try Authority()
        authority.list.institutions[0].keys = [
            .init(authority.issuers[0].publicKey, from: 1, to: 9, state: .compromised, compromisedSince: 5)
        ]
        let payload = try JWSParts(authority.list.signed(by: authority.root)).payload
        let list = try #require(try JSONSerialization.jsonObject(with: Data(payload)) as? [String: Any])
        #expect(Set(list.keys) == ["iss", "sequence", "iat", "next_update", "institutions"])
        let institution = try #require((list["institutions"] as? [[String: Any]])?.first)
        #expect(Set(institution.keys) == ["id", "names", "keys", "filings"])
        let key = try #require((institution["keys"] as? [[String: Any]])?.first)
        #expect(Set(key.keys) == ["kid", "alg", "jwk", "from", "to", "state", "compromised_since"])
        #expect(Set(try #require(key["jwk"] as? [String: String]).keys) == ["kty", "crv", "x", "y"])
        let filing = try #require((institution["filings"] as? [[String: Any]])?.first)
        #expect(Set(filing.keys) == ["occupation", "name", "levels", "from", "to"])
        #expect(filing["levels"] as? [Int] == [3, 4])
    }

    @Test("White space after the list is tolerated, elsewhere it is not")
    func whiteSpace() throws {
        let authority = try Authority()
        let jws = try authority.list.signed(by: authority.root)
        for end in ["\n", "\r\n", " \t\n\n"] {
            let read = try VerifiedTrustList(jws: jws + end, root: authority.root.publicKey)
            #expect(read.list == authority.list)
        }
        let middle = jws.index(jws.startIndex, offsetBy: 40)
        for broken in [" " + jws, "\u{FEFF}" + jws, jws[..<middle] + "\n" + jws[middle...], jws + "\n.", jws + ".\n"] {
            #expect(throws: TrustError.self) { try VerifiedTrustList(jws: broken, root: authority.root.publicKey) }
        }
    }

    @Test("A key is found by its id, with its institution, times and state")
    func keys() throws {
        var authority = try Authority()
        authority.list.institutions[0].keys[1].to = 1_790_000_000
        authority.list.institutions[0].keys[1].state = .retired
        authority.list.institutions[0].keys[2].state = .compromised
        authority.list.institutions[0].keys[2].compromisedSince = 1_785_000_000
        let verified = try authority.published()
        let records = try authority.issuers.map { try #require(verified.key($0.publicKey.kid)) }
        #expect(records.map(\.key.spki) == authority.issuers.map(\.publicKey.spki))
        #expect(records.map(\.key.algorithm) == SignatureAlgorithm.registered)
        #expect(records.map(\.institution) == Array(repeating: InstitutionID("4137012391"), count: 3))
        #expect(records.map(\.from) == [1_782_813_600, 1_782_813_600, 1_782_813_600])
        #expect(records.map(\.to) == [nil, 1_790_000_000, nil])
        #expect(records.map(\.state) == [.active, .retired, .compromised])
        #expect(records.map(\.compromisedSince) == [nil, nil, 1_785_000_000])
        #expect(verified.key(authority.otherIssuer.publicKey.kid)?.institution == InstitutionID("4137012392"))
        #expect(verified.key(authority.root.publicKey.kid) == nil, "the root certifies nobody's certificates")
    }

    @Test("Fields that a later format adds are passed over")
    func additions() throws {
        let authority = try Authority()
        let payload = try JWSParts(authority.list.signed(by: authority.root)).payload
        let extended = Array(#"{"later":{"a":[1.5,null]},"#.utf8) + payload.dropFirst()
        let jws = try authority.jws(header: authority.header(adding: #""later":"x","#), payload: extended)
        #expect(try VerifiedTrustList(jws: jws, root: authority.root.publicKey).list == authority.list)
    }
}
