import Seal
import Signing
import Testing
import Trust
import Verification

/// What is remembered of signatures saves work, and never changes a verdict.
@Suite struct CheckedSignaturesTests {
    private func verdict(_ seal: [UInt8], in scene: Scene, _ checked: CheckedSignatures) throws -> Verdict {
        try SealVerifier(
            trust: scene.trust(), status: scene.status, now: scene.now, isTrustCurrent: scene.isTrustCurrent,
            checked: checked
        ).verify(UnverifiedSeal(decoding: seal))
    }

    @Test("A signature that was right does not outlive its key, its status or its dates")
    func rightOnce() throws {
        let checked = CheckedSignatures()
        var scene = try Scene()
        let trust = try scene.verifiedTrust()
        scene.referToStatus()
        scene.status.add(try scene.statusToken(issuedAt: Scene.issuedAt + 10), from: nil, trust: trust)
        let seal = try scene.seal()
        for _ in 0..<2 { #expect(try verdict(seal, in: scene, checked) == scene.verdict(of: seal)) }
        #expect(try verdict(seal, in: scene, checked).outcome == .valid)

        var revoked = scene
        revoked.status.add(
            try scene.statusToken(entries: [7: 1], issuedAt: Scene.issuedAt + 60), from: nil, trust: trust)
        #expect(try verdict(seal, in: revoked, checked).reason == .revoked)
        var compromised = scene
        compromised.entry.state = .compromised
        compromised.entry.compromisedSince = Scene.issuedAt - 1
        #expect(try verdict(seal, in: compromised, checked).reason == .keyCompromised)
        var early = scene
        early.now = Scene.issuedAt - 4000
        #expect(try verdict(seal, in: early, checked).outcome != .valid)
        #expect(try verdict(seal, in: scene, checked).outcome == .valid)
    }

    @Test("One changed bit is another seal, before and after the right one was seen")
    func changedBits() throws {
        let checked = CheckedSignatures()
        let scene = try Scene()
        let seal = try scene.seal()
        for _ in 0..<2 {
            for position in stride(from: 1, to: 64, by: 7) {
                var other = seal
                other[other.count - position] ^= 1
                #expect(try verdict(other, in: scene, checked).reason == .badSignature)
            }
            #expect(try verdict(seal, in: scene, checked).outcome == .valid)
        }
        // The same words under the key of a stranger.
        #expect(try verdict(scene.seal(by: scene.stranger), in: scene, checked).outcome != .valid)
    }

    @Test("Of many the older are forgotten, and checked anew")
    func forgetting() throws {
        let checked = CheckedSignatures(capacity: 4)
        var scene = try Scene()
        let seals = try (0..<12).map { index in
            scene.claims.issuedAt = Scene.issuedAt + index
            return try scene.seal()
        }
        for _ in 0..<2 {
            for seal in seals { #expect(try verdict(seal, in: scene, checked).outcome == .valid) }
        }
        #expect(checked.count <= 4)
    }

    @Test("A signature found right is not asked of OpenSSL again; a wrong one is each time")
    func work() throws {
        let checked = CheckedSignatures()
        let seal = try UnverifiedSeal(decoding: Scene().seal())
        var calls = 0
        func ask(_ answer: Bool) throws -> Bool {
            try checked.isValid(seal) { () throws(SigningError) in
                calls += 1
                return answer
            }
        }
        for _ in 0..<3 { #expect(try !ask(false)) }
        #expect(calls == 3)
        for _ in 0..<3 { #expect(try ask(true)) }
        #expect(calls == 4)
    }
}
