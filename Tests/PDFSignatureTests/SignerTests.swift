import Errors
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
        #expect(throws: PDFProblem(.malformed, zh: "", en: "")) { try authority.signedPage(pdf) }
    }

    @Test func keysThatReadersCannotCheckAreRefused() throws {
        for algorithm in [SignatureAlgorithm.ed25519, .sm2] {
            let key = try PrivateKey.generate(algorithm)
            #expect(throws: SigningError(.unsupportedAlgorithm, zh: "", en: "")) {
                try authority.issuer.certify(
                    key.publicKey, organisation: "A", identifier: "1", notBefore: 0, notAfter: 1)
            }
            #expect(throws: SigningError(.unsupportedAlgorithm, zh: "", en: "")) {
                try PDFSigningIdentity(key: key, chain: authority.chain)
            }
        }
    }

    @Test func aCertificateOfAnotherKeyIsRefused() throws {
        let other = try PrivateKey.generate(.es256)
        #expect(throws: SigningError(.certificateMismatch, zh: "", en: "")) {
            try PDFSigningIdentity(key: other, chain: authority.chain)
        }
    }

    @Test(
        "text that nobody can see is not shown; the same text is, where it can be seen",
        arguments: [
            ("3 Tr", ""), ("7 Tr", ""), ("1 1 1 rg", ""), ("0.95 g", ""), ("0 0 0 0 k", ""), ("/f1 1 Tf", ""),
            ("/f1 0 Tf", ""), ("0.1 0 0 0.1 72 400 Tm", ""), ("1 0 0 1 700 400 Tm", ""), ("1 0 0 1 72 -90 Tm", ""),
            ("", "0 0 595 842 re f"), ("", "q 595 0 0 842 0 0 cm 1 g 0 0 1 1 re f Q"),
            ("ET 0 0 10 10 re W n BT /f1 12 Tf 72 400 Td", ""),
        ])
    func hidden(_ setting: String, _ after: String) throws {
        let hidden = try SignedPDF(authority.signedPage(SamplePage.pdf(texts: ["证书"], setting: setting, after: after)))
        #expect(hidden.textRuns.isEmpty)
        let seen = try SignedPDF(
            authority.signedPage(
                SamplePage.pdf(texts: ["证书"], setting: "0.6 g", after: "0 0 595 10 re f 10 10 m 20 20 l 30 10 l f")))
        #expect(seen.textRuns == ["证书"])
    }

    @Test("what was added is looked at up to a limit, however often it seems to begin", arguments: [1, 300_000])
    func appended(_ count: Int) throws {
        let lines = [[UInt8]](repeating: Array("1 0 obj (\n".utf8), count: count).joined()
        #expect(throws: PDFProblem(.appended, zh: "", en: "")) { try SignedPDF(authority.signedPage() + lines) }
    }
}
