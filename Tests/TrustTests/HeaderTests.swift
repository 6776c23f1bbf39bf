import Errors
import Signing
import Testing
import Trust

/// Headers with a right signature of the root: only the header is at fault.
@Suite struct HeaderTests {
    let authority: Authority

    init() throws { authority = try Authority() }

    private func read(_ header: String) throws {
        _ = try VerifiedTrustList(jws: authority.jws(header: header), root: authority.root.publicKey)
    }

    @Test("The control: the same header without a fault is taken")
    func control() {
        #expect(throws: Never.self) { try read(authority.header()) }
    }

    @Test(
        "Fields by which a message would choose its own key or meaning are refused",
        arguments: [
            #""jwk":{"kty":"EC","crv":"P-256","x":"AA","y":"AA"},"#, #""jwk":"AA","#, #""jku":"https://a.example/k","#,
            #""x5u":"https://a.example/c","#, #""x5c":["MIIB"],"#, #""x5c":"MIIB","#, #""crit":["exp"],"#,
            #""crit":[],"#, #""crit":"exp","#, #""b64":false,"#, #""b64":"false","#,
        ])
    func refusedField(field: String) {
        #expect(throws: TrustError(.malformed, zh: "", en: "")) { try read(authority.header(adding: field)) }
    }

    @Test(
        "A JWS of another type is refused", arguments: ["JWT", "trust-list", "TRUST-LIST+JWT", "", "trust-list+jwt "])
    func otherType(type: String) {
        #expect(throws: TrustError(.wrongType, zh: "", en: "")) { try read(authority.header(typ: type)) }
    }

    @Test(
        "A kid that is not the root's, in its one spelling, is refused",
        arguments: [
            "0000000000000000", "", "8f1d3c5e7a9b0c2d",
        ])
    func otherKid(kid: String) {
        #expect(throws: TrustError(.wrongKey, zh: "", en: "")) { try read(authority.header(kid: kid)) }
    }

    @Test("A kid has one spelling")
    func kidSpelling() {
        let kid = authority.root.publicKey.kid.description
        for spelling in [" " + kid, kid + "\\u0000", "0" + kid, String(kid.dropLast())] {
            #expect(throws: TrustError(.wrongKey, zh: "", en: "")) { try read(authority.header(kid: spelling)) }
        }
    }

    @Test("A field that stands twice is refused, whichever of the two is right")
    func twice() {
        for field in [#""alg":"none","#, #""alg":"ES256","#, #""kid":"0000000000000000","#, #""typ":"JWT","#] {
            #expect(throws: TrustError(.malformed, zh: "", en: "")) { try read(authority.header(adding: field)) }
        }
    }

    @Test(
        "A header that lacks a field, has another type of value, or is no JSON object is refused",
        arguments: [
            #"{"alg":"ES256","typ":"trust-list+jwt"}"#, #"{"alg":"ES256","kid":"KID"}"#,
            #"{"kid":"KID","typ":"trust-list+jwt"}"#, #"{"alg":-7,"kid":"KID","typ":"trust-list+jwt"}"#,
            #"{"alg":["ES256"],"kid":"KID","typ":"trust-list+jwt"}"#,
            #"{"alg":null,"kid":"KID","typ":"trust-list+jwt"}"#,
            "{}", "[]", "null", "", #"{"alg":"ES256","kid":"KID","typ":"trust-list+jwt"} {}"#,
        ])
    func incomplete(header: String) {
        let named = header.replacing("KID", with: authority.root.publicKey.kid.description)
        #expect(throws: TrustError(.malformed, zh: "", en: "")) { try read(named) }
    }
}
