import Credential
import Seal
import Signing
import TestSupport
import Testing
import Verification

/// Changes of a sealed certificate, none of which may pass.
@Suite struct TamperingTests {
    @Test(
        "Every changed byte of a seal makes it not valid or unknown, never valid",
        arguments: SignatureAlgorithm.registered)
    func everyByte(algorithm: SignatureAlgorithm) throws {
        let scene = try Scene(algorithm)
        let seal = try scene.seal()
        let verifier = try scene.verifier()
        for position in seal.indices {
            for mask: UInt8 in [0x01, 0x20, 0x80, 0xFF] {
                var changed = seal
                changed[position] ^= mask
                let verdict = try verifier.verify(qrText: QRText.text(host: "a.example", seal: changed))
                #expect(verdict.outcome != .valid, "byte \(position) with \(mask)")
                #expect(verdict.certificate == nil, "byte \(position) with \(mask)")
            }
        }
        #expect(try verifier.verify(qrText: QRText.text(host: "a.example", seal: seal)).outcome == .valid)
    }

    @Test("A thousand texts that keep all digits verify; with another digit none is ever valid")
    func thousandTexts() throws {
        let scene = try Scene()
        let verifier = try scene.verifier()
        let digits = try Array(DecimalDigits.encode(scene.seal()).utf8)
        var random = SeededGenerator(seed: 17)
        for _ in 0..<1000 {
            let kept = PassedOnText.of(String(decoding: digits, as: UTF8.self), &random)
            #expect(try verifier.verify(qrText: kept).outcome == .valid, "\(kept)")
            var changed = digits
            let position = Int.random(in: changed.indices, using: &random)
            changed[position] = 0x30 + (changed[position] - 0x30 + UInt8.random(in: 1...9, using: &random)) % 10
            let other = PassedOnText.of(String(decoding: changed, as: UTF8.self), &random)
            #expect(try verifier.verify(qrText: other).outcome != .valid, "\(other)")
        }
    }

    @Test("Every changed digit of the QR text is caught")
    func everyDigit() throws {
        let scene = try Scene()
        let verifier = try scene.verifier()
        let digits = try Array(DecimalDigits.encode(scene.seal()).utf8)
        for position in digits.indices {
            var changed = digits
            changed[position] = changed[position] == UInt8(ascii: "9") ? UInt8(ascii: "0") : changed[position] + 1
            let verdict = try verifier.verify(qrText: String(decoding: changed, as: UTF8.self))
            #expect(verdict.outcome != .valid, "digit \(position)")
        }
        #expect(try verifier.verify(qrText: String(decoding: digits, as: UTF8.self)).outcome == .valid)
    }

    @Test("Two right seals cannot be mixed: not the signature, not the payload, not the key id")
    func mixed() throws {
        let scene = try Scene()
        var other = scene
        other.claims.certificate.holderName = "李小红"
        let (own, others) = (try scene.seal(), try other.seal())
        let swapped = others.dropLast(64) + own.suffix(64)
        #expect(try scene.verdict(of: Array(swapped)).reason == .badSignature)
        // Signed by a key that nobody knows, under the id of one that is known.
        let foreign = try scene.seal(by: scene.stranger)
        let borrowed = own.dropLast(64) + foreign.suffix(64)
        #expect(try scene.verdict(of: Array(borrowed)).reason == .badSignature)
        #expect(try scene.verdict(of: others).outcome == .valid)
    }

    @Test(
        "What is no seal, and what is left of one, could not be checked",
        arguments: [
            ("", Reason.notASeal), ("#", .notASeal), ("https://a.example/c#", .sealDamaged),
            ("https://a.example/c#12", .sealDamaged), ("HC1:6BFOXN", .notASeal), ("王小明", .notASeal), ("0", .notASeal),
            ("-1", .notASeal), ("000", .notASeal), ("https://a.example/c#0000#000", .sealDamaged),
            (String(repeating: "1", count: 4097), .sealDamaged), ("https://a.example/c#１２３", .sealDamaged),
        ])
    func notSeals(text: String, reason: Reason) throws {
        let verdict = try Scene().verifier().verify(qrText: text)
        #expect(verdict.isOnly(.signature, .unknown(reason)))
    }

    @Test("Random digits never crash the verifier and are never valid")
    func randomDigits() throws {
        let verifier = try Scene().verifier()
        var generator = SeededGenerator(seed: 11)
        for _ in 0..<2000 {
            let bytes = (0..<Int.random(in: 1...400, using: &generator)).map { _ in
                UInt8.random(in: 0...255, using: &generator)
            }
            let verdict = try verifier.verify(qrText: DecimalDigits.encode(bytes))
            #expect(verdict.outcome == .couldNotCheck)
        }
    }
}
