import PDFSignature
import Signing
import TestSupport

/// An authority with one institution, whose certificates hold from 2025 to 2055.
struct TestAuthority {
    let issuer: X509Issuer
    let key: PrivateKey
    let chain: X509Chain

    static let start = 1_735_689_600
    static let end = 2_682_374_400
    static let signingTime = 1_782_813_600

    init() throws {
        issuer = try X509Issuer(
            .generate(.es256), authority: "职业技能鉴定中心", notBefore: Self.start, notAfter: Self.end)
        key = try .generate(.es256)
        let certificate = try issuer.certify(
            key.publicKey, organisation: "潍坊职业学院", identifier: "4137012391", notBefore: Self.start, notAfter: Self.end)
        chain = try X509Chain([certificate, issuer.certificate])
    }

    func signer(timestamper: Timestamper? = nil) throws -> PDFSigner {
        try PDFSigner(PDFSigningIdentity(key: key, chain: chain), timestamper: timestamper)
    }

    static let seal = PDFAttachment(name: "seal.cose", mediaType: "application/cose", bytes: Array(0...255))

    func signedPage(_ pdf: [UInt8] = SamplePage.pdf()) throws -> [UInt8] {
        try signer().sign(
            pdf, attachment: Self.seal,
            PDFSignatureDetails(name: "潍坊职业学院", reason: "职业技能等级证书", signingTime: Self.signingTime))
    }
}
