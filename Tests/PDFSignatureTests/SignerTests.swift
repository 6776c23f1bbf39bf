import PDFSignature
import Signing
import TestSupport
import Testing

/// That what it makes is PAdES is for independent programs to say: Tests/Documents.
@Suite struct SignerTests {
    // Fails only without OpenSSL.
    let authority = try! TestAuthority()

    @Test func theByteRangeCoversAllButTheSignature() throws {
        let bytes = try authority.signedPage()
        let text = String(decoding: bytes.map(UInt16.init), as: UTF16.self)
        let match = try #require(text.firstMatch(of: /\/ByteRange \[0 (\d+) (\d+) (\d+) *\]\n\/Contents </))
        let (first, second, rest) = (try #require(Int(match.1)), try #require(Int(match.2)), try #require(Int(match.3)))
        #expect(bytes[first] == UInt8(ascii: "<"))
        #expect(bytes[second - 1] == UInt8(ascii: ">"))
        #expect(second + rest == bytes.count)
        #expect(bytes[(first + 1)..<(second - 1)].allSatisfy { (0x30...0x46).contains($0) })
    }

    @Test(arguments: [
        SamplePage.pdf(pages: 2), SamplePage.pdf(catalog: "/AcroForm << >>"), SamplePage.pdf(trailer: "/Prev 9"),
        SamplePage.pdf(trailer: "/Encrypt 9 0 R"), SamplePage.pdf() + [0x0A], Array(SamplePage.pdf().dropLast(9)),
        Array("%PDF-1.5\n".utf8), [],
    ])
    func otherFilesAreRefused(_ pdf: [UInt8]) throws {
        #expect(throws: PDFProblem(.malformed, "")) { try authority.signedPage(pdf) }
    }

    @Test func keysThatReadersCannotCheckAreRefused() throws {
        for algorithm in [SignatureAlgorithm.ed25519, .sm2] {
            let key = try PrivateKey.generate(algorithm)
            #expect(throws: SigningError(.unsupportedAlgorithm, "")) {
                try authority.issuer.certify(
                    key.publicKey, organisation: "A", identifier: "1", notBefore: 0, notAfter: 1)
            }
            #expect(throws: SigningError(.unsupportedAlgorithm, "")) {
                try PDFSigningIdentity(key: key, chain: authority.chain)
            }
        }
    }

    @Test func aCertificateOfAnotherKeyIsRefused() throws {
        let other = try PrivateKey.generate(.es256)
        #expect(throws: SigningError(.certificateMismatch, "")) {
            try PDFSigningIdentity(key: other, chain: authority.chain)
        }
    }

    @Test("what was added is looked at up to a limit, however often it seems to begin", arguments: [1, 300_000])
    func appended(_ count: Int) throws {
        let lines = [[UInt8]](repeating: Array("1 0 obj (\n".utf8), count: count).joined()
        #expect(throws: PDFProblem(.appended, "")) { try SignedPDF(authority.signedPage() + lines) }
    }
}
