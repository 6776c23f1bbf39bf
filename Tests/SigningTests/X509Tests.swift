import Errors
import Signing
import Testing

@Suite struct X509Tests {
    @Test func chainsAreReadAsTheyWereWritten() throws {
        let issuer = try X509Issuer(.generate(.es256), authority: "中心", notBefore: 0, notAfter: 4_000_000_000)
        let subject = try PrivateKey.generate(.es256)
        let certificate = try issuer.certify(
            subject.publicKey, organisation: "学院", identifier: "1", notBefore: 1_700_000_000, notAfter: 5_000_000_000)
        #expect(try certificate.publicKey().kid == subject.publicKey.kid)
        #expect(certificate.notBefore == 1_700_000_000)
        // Not longer than the authority's own.
        #expect(certificate.notAfter == 4_000_000_000)
        let chain = try X509Chain([certificate, issuer.certificate])
        #expect(try X509Chain(pem: chain.pem) == chain)
    }

    @Test func certificatesThatAreNoChainAreRefused() throws {
        let issuer = try X509Issuer(.generate(.es256), authority: "A", notBefore: 0, notAfter: 1)
        // The same name under another key.
        let impostor = try X509Issuer(.generate(.es256), authority: "A", notBefore: 0, notAfter: 1)
        let certificate = try issuer.certify(
            PrivateKey.generate(.es256).publicKey, organisation: "B", identifier: "1", notBefore: 0, notAfter: 1)
        #expect(throws: SigningError(.certificateMismatch, zh: "", en: "")) {
            try X509Chain([certificate, impostor.certificate])
        }
        #expect(throws: SigningError(.malformedCertificate, zh: "", en: "")) { try X509Chain(pem: "nothing") }
    }

    @Test func damagedCertificatesAreRefusedWithoutHarm() throws {
        let der = try X509Issuer(.generate(.es256), authority: "A", notBefore: 0, notAfter: 1).certificate.der
        for count in der.indices {
            #expect(throws: SigningError(.malformedCertificate, zh: "", en: "")) {
                try X509Certificate(der: Array(der[..<count]))
            }
        }
        for index in der.indices {
            var changed = der
            changed[index] ^= 0xFF
            _ = try? X509Certificate(der: changed)
        }
    }

    @Test(arguments: [
        (0, "19700101000000"), (951_782_400, "20000229000000"), (1_782_813_600, "20260630100000"),
        (2_524_607_999, "20491231235959"), (2_524_608_000, "20500101000000"), (253_402_300_799, "99991231235959"),
    ])
    func instantsAreWrittenAndRead(_ time: Int, _ digits: String) {
        #expect(X509Time.digits(time) == digits)
        #expect(X509Time.seconds(digits: digits.utf8) == time)
    }
}
