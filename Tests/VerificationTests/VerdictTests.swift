import Credential
import Seal
import Signing
import TestSupport
import Testing
import Trust
import Verification

/// How five checks make one verdict.
@Suite struct VerdictTests {
    @Test("Checks that fail together are all reported, and the first in order gives the reason")
    func several() throws {
        let verdict = try Scene.verdict {
            $0.entry.to = Scene.issuedAt
            $0.list.institutions[0].filings = []
            $0.claims.expiresAt = $0.now - 1
            $0.claims.status = .init(index: 0, uri: "https://a.example/s")
        }
        #expect(
            verdict.checks.map(\.result) == [
                .pass, .fail(.keyNotInForce), .fail(.notFiled), .unknown(.statusUnavailable), .fail(.expired),
            ])
        #expect(verdict.reason == .keyNotInForce)
        #expect(verdict.outcome == .notValid)
        #expect(verdict.certificate != nil)
    }

    @Test("A failure outweighs what could not be checked, wherever it stands")
    func failureFirst() throws {
        let verdict = try Scene.verdict {
            $0.now = $0.list.nextUpdate + 1
            $0.claims.expiresAt = $0.now
        }
        #expect(verdict.result(.signature) == .unknown(.trustListStale))
        #expect(verdict.result(.dates) == .fail(.expired))
        #expect(verdict.outcome == .notValid)
        #expect(verdict.reason == .expired)
    }

    @Test("Of two gaps the first is named, and neither makes a failure")
    func twoGaps() throws {
        let verdict = try Scene.verdict {
            $0.now = $0.list.nextUpdate + 1
            $0.claims.status = .init(index: 0, uri: "https://a.example/s")
        }
        #expect(verdict.outcome == .couldNotCheck)
        #expect(verdict.reason == .trustListStale)
        #expect(verdict.certificate != nil, "its signature is right, so its words are its own")
    }

    @Test("Without a status claim there is nothing to check")
    func noStatus() throws {
        let verdict = try Scene().verdict()
        #expect(verdict.checks.map(\.result) == [.pass, .pass, .pass, .none, .pass])
    }

    @Test(
        "Words without a right signature are not passed on, and nothing else is said of them",
        arguments: ReasonTests.ways)
    func unsignedWords(way: ReasonTests.Way) throws {
        let verdict = try way.verdict()
        let isSigned = way.check != .signature || way.reason == .trustListStale
        #expect((verdict.certificate != nil) == isSigned)
        guard !isSigned else { return }
        #expect(verdict.checks.dropFirst().allSatisfy { $0.result == .none })
        #expect(!verdict.json.contains(SampleCertificate.typical.holderName))
    }

    @Test(
        "An unknown key is a forgery to whoever has the newest list, else perhaps a newer key",
        arguments: [
            // The list's time after the seal's, whether none can be newer, whether it is stale.
            (-1, false, false, Check.Result.unknown(.trustListOlderThanSeal)), (-1, true, false, .fail(.unknownKey)),
            (0, false, false, .fail(.unknownKey)), (1, false, false, .fail(.unknownKey)),
            (1, true, false, .fail(.unknownKey)), (-1, false, true, .unknown(.trustListStale)),
            (-1, true, true, .unknown(.trustListStale)), (1, true, true, .unknown(.trustListStale)),
        ])
    func unknownKey(listAge: Int, isCurrent: Bool, isStale: Bool, expected: Check.Result) throws {
        var scene = try Scene()
        scene.list.iat = Scene.issuedAt + listAge
        scene.isTrustCurrent = isCurrent
        if isStale { scene.now = scene.list.nextUpdate + 1 }
        #expect(try scene.verdict(of: scene.seal(by: scene.stranger)).isOnly(.signature, expected))
    }

    @Test("A key of another institution certifies in its own name only, in its own scope")
    func twoInstitutions() throws {
        var scene = try Scene()
        scene.list.institutions.append(
            .init(
                id: "4137012392", names: [.init(name: "寿光蔬菜学院", from: "2010-01-01")],
                keys: [.init(scene.stranger.publicKey, from: 0)], filings: []))
        let borrowed = try scene.verdict(of: scene.seal(by: scene.stranger))
        #expect(borrowed.result(.issuer) == .fail(.issuerMismatch))
        #expect(borrowed.result(.scope) == .fail(.notFiled), "another's filings are not its own")
        #expect(borrowed.reason == .issuerMismatch)
        #expect(try scene.verdict().outcome == .valid)
    }

    @Test("One verifier judges seal after seal as if each were its first")
    func reused() throws {
        let scene = try Scene(.sm2)
        let verifier = try scene.verifier()
        let good = try UnverifiedSeal(decoding: scene.seal())
        let seal = try scene.seal()
        let bad = try UnverifiedSeal(decoding: seal.dropLast() + [seal[seal.count - 1] ^ 1])
        let strange = try UnverifiedSeal(decoding: scene.seal(by: scene.stranger))
        for _ in 0..<3 {
            #expect(try verifier.verify(good).outcome == .valid)
            #expect(try verifier.verify(bad).reason == .badSignature)
            #expect(try verifier.verify(strange).reason == .trustListOlderThanSeal)
            #expect(try verifier.verify(qrText: "https://a.example/c#12").reason == .sealDamaged)
        }
    }
}
