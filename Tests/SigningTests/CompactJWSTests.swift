import Encodings
import Signing
import Testing

@Suite struct CompactJWSTests {
    private struct Content: Codable, Equatable {
        var b: String
        var a: Int
    }

    private let content = Content(b: "/", a: 1)

    @Test(
        "What is signed is read again, in one spelling, with white space behind it",
        arguments: SignatureAlgorithm.registered)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let key = try PrivateKey.generate(algorithm)
        let text = try CompactJWS.signed(content, type: "test+jwt", by: key)
        let jws = try #require(CompactJWS(text + " \r\n"))
        #expect(try jws.payload == Array(#"{"a":1,"b":"/"}"#.utf8) && jws.isSigned(by: key.publicKey))
        #expect(jws.content(as: Content.self) == content && jws.content(as: [Int].self) == nil)
        let header = try #require(jws.header)
        #expect(header.algorithm == algorithm.name && header.keyID == key.publicKey.kid.description)
        #expect(header.type == "test+jwt")
        #expect(try jws.hasOwnHeader(type: "test+jwt", of: key.publicKey))
        #expect(try !jws.hasOwnHeader(type: "other+jwt", of: key.publicKey))
    }

    @Test("Another key, another byte and a signature that is none are not right; there are three parts")
    func wrong() throws {
        let key = try PrivateKey.generate(.es256)
        let text = try CompactJWS.signed(content, type: "test+jwt", by: key)
        #expect(CompactJWS("\n" + text)?.header == nil)
        #expect(try CompactJWS(text)?.isSigned(by: PrivateKey.generate(.es256).publicKey) == false)
        let parts = text.split(separator: ".").map(String.init)
        for wrong in [
            [parts[0], parts[1] + "A", parts[2]], [parts[0] + "A", parts[1], parts[2]],
            [parts[0], parts[1], ""], [parts[0], parts[1], "*"], [parts[0], parts[1], parts[2] + "AAAA"],
        ] {
            #expect(try CompactJWS(wrong.joined(separator: "."))?.isSigned(by: key.publicKey) == false)
        }
        for wrong in ["", "..", "a.b", "a.b.c.d", text + "."] {
            let jws = CompactJWS(wrong)
            #expect(jws == nil || wrong == ".." && jws?.header == nil)
        }
    }

    @Test("A header in another spelling is not our own to the byte")
    func spelling() throws {
        let key = try PrivateKey.generate(.es256)
        let parts = try CompactJWS.signed(content, type: "test+jwt", by: key).split(separator: ".").map(String.init)
        let header = String(decoding: try #require(Base64URL.decode(parts[0])), as: UTF8.self)
        let other = Base64URL.encode(header.replacing(":", with: ": ").utf8)
        let jws = try #require(CompactJWS([other, parts[1], parts[2]].joined(separator: ".")))
        #expect(try jws.header != nil && !jws.hasOwnHeader(type: "test+jwt", of: key.publicKey))
    }
}
