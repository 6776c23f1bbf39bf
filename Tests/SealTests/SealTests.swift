import Credential
import Encodings
import Errors
import Foundation
import Seal
import Signing
import TestSupport
import Testing

@Suite struct SealTests {
    let key: PrivateKey

    init() throws { key = try PrivateKey.generate(.es256) }

    private func seal(_ claims: CertificateClaims) throws -> [UInt8] {
        let prepared = try PreparedSeal(claims, key: key.publicKey)
        return try prepared.seal(signature: Signer(key).sign(prepared.bytesToSign))
    }

    @Test("What was sealed is what is read, and what was signed is what is checked")
    func roundTrip() throws {
        var claims = SampleCertificate.claims
        for (specialisation, status) in [
            ("冷链物流员", nil), (nil, CertificateClaims.StatusReference(index: 77, uri: "https://h/s/1")),
        ] {
            claims.certificate.specialisation = specialisation
            claims.status = status
            claims.expiresAt = status == nil ? nil : 2_000_000_000
            claims.notBefore = claims.expiresAt.map { $0 - 1 }
            let unverified = try UnverifiedSeal(decoding: seal(claims))
            #expect(unverified.claims == claims)
            #expect(unverified.keyID == key.publicKey.kid)
            #expect(try Verifier(key.publicKey).isValid(unverified.signature, for: unverified.signedBytes))
        }
    }

    @Test("The same claims give the same bytes, and stored bytes are taken up as they are")
    func deterministic() throws {
        let first = try PreparedSeal(SampleCertificate.claims, key: key.publicKey)
        #expect(try PreparedSeal(SampleCertificate.claims, key: key.publicKey) == first)
        #expect(PreparedSeal(storedPayload: first.payload, key: key.publicKey) == first)
    }

    @Test("Every single changed bit is refused or fails the signature")
    func everyBit() throws {
        let bytes = try seal(SampleCertificate.claims)
        let verifier = try Verifier(key.publicKey)
        for bit in 0..<(bytes.count * 8) {
            var changed = bytes
            changed[bit / 8] ^= 1 << UInt8(bit % 8)
            guard let unverified = try? UnverifiedSeal(decoding: changed), unverified.keyID == key.publicKey.kid,
                unverified.algorithm == -7
            else { continue }
            #expect(try !verifier.isValid(unverified.signature, for: unverified.signedBytes), "bit \(bit)")
        }
    }

    @Test("Every truncation and extension is refused")
    func everyLength() throws {
        let bytes = try seal(SampleCertificate.claims)
        for count in 0..<bytes.count {
            #expect(throws: FormatError.self) { try UnverifiedSeal(decoding: Array(bytes.prefix(count))) }
        }
        #expect(throws: FormatError(.trailingBytes, zh: "", en: "")) { try UnverifiedSeal(decoding: bytes + [0]) }
    }

    @Test(
        "Text that could disturb what is around it is neither signed nor read",
        arguments: [
            "王\u{202E}小明", "王\u{2066}明", "a\nb", "a\u{1B}[31m", "\u{0}", "a\u{7F}", "a\u{85}", "",
            String(repeating: "长", count: 201),
        ])
    func unsafeText(name: String) throws {
        var claims = SampleCertificate.claims
        claims.certificate.holderName = name
        #expect(throws: FormatError(.malformedClaims, zh: "", en: "")) { try claims.encoded() }
    }

    @Test("Rare characters and minority names pass", arguments: ["𠮷野", "䶮", "㛃", "𬱖", "买买提·艾合买提", "O'Brien"])
    func rareNames(name: String) throws {
        var claims = SampleCertificate.claims
        claims.certificate.holderName = name
        #expect(try UnverifiedSeal(decoding: seal(claims)).claims.certificate.holderName == name)
    }

    @Test("A typical seal stays within what version 14 of a QR code holds at level M")
    func size() throws {
        let text = try QRText.text(host: "verify.example.cn", seal: seal(SampleCertificate.claims))
        let digits = text.split(separator: "#")[1].count
        // 14-M holds 365 bytes less segment headers: bytes for the address, 10 bits for 3 digits.
        let bits = (4 + 8 + 8 * (text.count - digits)) + (4 + 12 + (digits * 10 + 2) / 3)
        #expect(bits <= 362 * 8, "\(bits) bits")
    }
}

@Suite struct DecimalDigitsTests {
    @Test("Bytes of any length come back, and their digits have one length")
    func roundTrip() throws {
        var generator = SeededGenerator(seed: 3)
        for count in 1...400 {
            let bytes = (0..<count).map { _ in UInt8.random(in: 0...255, using: &generator) }
            let digits = DecimalDigits.encode(bytes)
            #expect(digits.utf8.count == count / 7 * 17 + [0, 3, 5, 8, 10, 13, 15][count % 7])
            #expect(try DecimalDigits.decode(digits.utf8) == bytes)
        }
        let extremes = [UInt8](repeating: 255, count: 14)
        #expect(DecimalDigits.encode(extremes) == "7205759403792793572057594037927935")
    }

    @Test(
        "Impossible lengths, foreign characters and overflowing groups are refused",
        arguments: [
            ("1", FormatError.Code.truncated), ("12", .truncated), ("1234", .truncated), ("", .truncated),
            ("123456789012345678", .truncated), ("12a", .notDigits), ("256", .notCanonical), ("65536", .notCanonical),
            ("72057594037927936", .notCanonical), (String(repeating: "0", count: 4097), .tooLong),
        ])
    func refused(digits: String, code: FormatError.Code) {
        #expect(throws: FormatError(code, zh: "", en: "")) { try DecimalDigits.decode(digits.utf8) }
    }

    @Test("A text is cut at its first #, white space around it is ignored, foreign codes get a clear word")
    func texts() throws {
        #expect(try QRText.sealBytes(in: "https://any.host/c#255\n") == [255])
        #expect(try QRText.sealBytes(in: "  255 ") == [255])
        for foreign in ["HC1:6BFOXN", "https://example.org/", "hello", ""] {
            #expect(throws: FormatError(.foreignFormat, zh: "", en: "")) { try QRText.sealBytes(in: foreign) }
        }
    }
}
