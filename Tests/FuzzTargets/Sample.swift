import Credential
import Encodings
import Foundation
import Seal
import Signing
import StatusList
import TestSupport
import Trust
import Verification

@testable import PDFSignature

/// Sound inputs to begin with, and keys that the targets know.
enum Sample {
    // Fails only without OpenSSL.
    static let root = try! PrivateKey.generate(.es256)
    private static let now = 1_790_000_000

    static func seal() throws -> [UInt8] {
        try SampleCertificate.seal(by: root)
    }

    static func statusClaims() throws -> StatusListClaims {
        try StatusListClaims(
            uri: "https://verify.example.org/status/1", issuedAt: now, expiresAt: now + 1000, timeToLive: 300,
            statuses: StatusArray(bits: 2, count: 1 << 10))
    }

    static func trustList() throws -> String {
        try TrustList(
            iss: "示例中心", sequence: 4, iat: now, nextUpdate: now + 86_400,
            institutions: [SampleCertificate.institution(keys: [.init(root.publicKey, from: 0)])]
        ).signed(by: root)
    }

    static func certificate() throws -> X509Certificate {
        try X509Issuer(.generate(.es256), authority: "示例", notBefore: 1_735_689_600, notAfter: 2_682_374_400)
            .certificate
    }
}

/// Pages that are signed as they are found: what stands behind the signature's check sees every byte of them.
enum SignedPages {
    private static let signer = Result {
        let issuer = try X509Issuer(
            .generate(.es256), authority: "示例", notBefore: 1_735_689_600, notAfter: 2_682_374_400)
        let certificate = try issuer.certify(
            Sample.root.publicKey, organisation: "校", identifier: "4137012391", notBefore: 1_735_689_600,
            notAfter: 2_682_374_400)
        return try PDFSigningIdentity(
            key: Sample.root, chain: X509Chain([certificate, issuer.certificate]))
    }

    static func signed(_ pdf: [UInt8]) throws -> [UInt8] {
        try PDFSigner(signer.get()).sign(
            pdf, attachment: PDFAttachment(name: "seal.cose", mediaType: "application/cose", bytes: [1, 2, 3]),
            PDFSignatureDetails(name: "校", reason: "证书", signingTime: 1_782_813_600))
    }

    /// What stands in `/Contents` of a signed page, without the zeros behind it.
    static func signature() throws -> [UInt8] {
        let (pdf, mark) = (try signed(SamplePage.pdf()), Array("/Contents <".utf8))
        let start = pdf.indices.first { pdf[$0...].starts(with: mark) } ?? pdf.endIndex
        let digits = pdf[start...].dropFirst(mark.count).prefix { $0 != UInt8(ascii: ">") }
        var bytes = Hex.decode(String(decoding: digits, as: UTF8.self)) ?? []
        while bytes.last == 0 { bytes.removeLast() }
        return bytes
    }

    /// A signature by itself: DER, then whatever.
    static func readSignature(_ input: [UInt8]) {
        guard let signature = try? CMSSignature(contents: input) else { return }
        _ = try? signature.isValid(digest: [UInt8](repeating: 0, count: 32))
    }

    /// The page's content, its resources and a font's texts, divided by 0xFF.
    static func read(_ input: [UInt8]) {
        let parts = FuzzTarget.parts(input).map { String(decoding: $0, as: UTF8.self) } + ["", "", ""]
        let page = SamplePage.assemble([
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources 5 0 R >>",
            "<< /Length \(parts[0].utf8.count)\n>>\nstream\n\(parts[0])\nendstream",
            parts[1].isEmpty ? "<< /Font << /f1 6 0 R >> >>" : parts[1],
            "<< /Type /Font /Subtype /Type0 /ToUnicode 7 0 R >>",
            "<< /Length \(parts[2].utf8.count)\n>>\nstream\n\(parts[2])\nendstream",
        ])
        if let signed = try? signed(page) { _ = try? SignedPDF(signed) }
    }
}

/// PNG of grey pixels, stored without compression, for what looks at pixels.
enum PlainPicture {
    static func png(width: Int, height: Int, grey: [UInt8]) -> [UInt8] {
        func number(_ value: Int) -> [UInt8] {
            [24, 16, 8, 0].map { (shift: Int) in UInt8(truncatingIfNeeded: value >> shift) }
        }
        func chunk(_ kind: String, _ content: [UInt8]) -> [UInt8] {
            let named: [UInt8] = Array(kind.utf8) + content
            var whole = number(content.count)
            whole += named
            whole += number(Int(crc(named)))
            return whole
        }
        var rows: [UInt8] = []
        for row in 0..<height { rows += [0] + grey[(row * width)..<((row + 1) * width)] }
        var file: [UInt8] = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
        file += chunk("IHDR", number(width) + number(height) + [8, 0, 0, 0, 0])
        file += chunk("IDAT", stored(rows))
        return file + chunk("IEND", [])
    }

    /// zlib's frame (RFC 1950) around stored blocks (RFC 1951, 3.2.4).
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var (a, b) = (UInt32(1), UInt32(0))
        for byte in bytes {
            a = (a + UInt32(byte)) % 65_521
            b = (b + a) % 65_521
        }
        let length = UInt16(bytes.count)
        let sum = b << 16 | a
        var file: [UInt8] = [0x78, 1, 1]
        for part in [length, ~length] { file += [UInt8(part & 0xFF), UInt8(part >> 8)] }
        file += bytes
        for shift in [24, 16, 8, 0] { file.append(UInt8(truncatingIfNeeded: sum >> UInt32(shift))) }
        return file
    }

    private static func crc(_ bytes: [UInt8]) -> UInt32 {
        var crc = UInt32.max
        for byte in bytes {
            crc ^= UInt32(byte)
            for _ in 0..<8 { crc = crc & 1 == 0 ? crc >> 1 : (crc >> 1) ^ 0xEDB8_8320 }
        }
        return ~crc
    }
}
