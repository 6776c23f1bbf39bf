import Errors
import Seal
import Signing
import StatusList
import Testing
import Trust
import Verification

/// Status is never collapsed: an outage is no revocation, and an old list no proof (threats 15 and 16).
@Suite struct StatusTests {
    @Test("The control: a list at hand that says valid gives a valid verdict, with its time and age")
    func control() throws {
        let verdict = try Scene.verdict { try $0.takeStatus(entries: [6: 1, 8: 1]) }
        #expect(verdict.outcome == .valid && verdict.result(.status) == .pass)
        #expect(verdict.statusBasis == StatusBasis(issuedAt: Scene.issuedAt + 60, age: 3540))
        #expect(verdict.json.contains(#""statusList":{"issuedAt":1782813660,"age":3540}"#))
    }

    @Test("A list that was rolled back never makes a revoked certificate valid; without memory it would")
    func rollback() throws {
        var scene = try Scene()
        scene.referToStatus()
        let trust = try scene.verifiedTrust()
        let old = try scene.statusToken(issuedAt: Scene.issuedAt + 10)
        let new = try scene.statusToken(entries: [7: 1], issuedAt: Scene.issuedAt + 60)
        scene.status.add(new, from: nil, trust: trust)
        #expect(try scene.verdict().reason == .revoked)
        let seen = scene.status.issuedAt

        // The control: whoever has seen nothing cannot know.
        scene.status = StatusSource()
        scene.status.add(old, from: nil, trust: trust)
        #expect(try scene.verdict().outcome == .valid)

        scene.status = StatusSource()
        scene.status.add(old, from: nil, trust: trust, seen: seen)
        let verdict = try scene.verdict()
        #expect(verdict.outcome == .couldNotCheck && verdict.reason == .statusListRolledBack)
        #expect(verdict.statusBasis?.issuedAt == Scene.issuedAt + 10)
        // Beside a newer one an older copy is of no account, in either order.
        for tokens in [[old, new], [new, old]] {
            scene.status = StatusSource()
            for token in tokens { scene.status.add(token, from: nil, trust: trust) }
            #expect(try scene.verdict().reason == .revoked)
        }
    }

    @Test("Maximum age is counted from the list's own time, to the second")
    func maximumAge() throws {
        for (age, outcome) in [(3540, Outcome.valid), (3539, .couldNotCheck)] {
            let verdict = try Scene.verdict { try $0.takeStatus(maximumAge: age) }
            #expect(verdict.outcome == outcome)
            #expect(verdict.statusBasis?.age == 3540)
        }
    }

    @Test("A revoked certificate in a list too old to rely on is not known to be revoked")
    func staleRevocation() throws {
        let verdict = try Scene.verdict { scene in
            try scene.takeStatus(entries: [7: 1]) { $0.expiresAt = Scene.issuedAt + 100 }
        }
        #expect(verdict.outcome == .couldNotCheck && verdict.reason == .statusListStale)
    }

    @Test("Only a key that the trust list has for status lists, in its time, can speak of status")
    func keys() throws {
        let changes: [(inout Scene) throws -> Void] = [
            { $0.list.statusKeys = nil },
            { $0.list.statusKeys?[0].from = Scene.issuedAt + 61 },
            { $0.list.statusKeys?[0].to = Scene.issuedAt + 60 },
            {
                $0.list.statusKeys?[0].state = .compromised
                $0.list.statusKeys?[0].compromisedSince = Scene.issuedAt + 60
            },
        ]
        for change in changes {
            let verdict = try Scene.verdict {
                try change(&$0)
                try $0.takeStatus()
            }
            #expect(verdict.outcome == .couldNotCheck && verdict.reason == .statusSignatureInvalid)
        }
        // An institution's key is not one, nor is the root.
        for signer in [\Scene.key, \Scene.root] {
            let verdict = try Scene.verdict { try $0.takeStatus(by: $0[keyPath: signer]) }
            #expect(verdict.reason == .statusSignatureInvalid)
        }
        let retired = try Scene.verdict {
            $0.list.statusKeys?[0].state = .retired
            try $0.takeStatus()
        }
        #expect(retired.outcome == .valid)
    }

    @Test("A status list tells of a newer trust list: the older is refused, for certificates without a status, too")
    func newerTrustList() throws {
        for (ahead, isRefused) in [(-1, false), (0, false), (1, true)] {
            var scene = try Scene()
            let sequence = scene.list.sequence + ahead
            try scene.takeStatus { $0.trustSequence = sequence }
            #expect(try scene.verdict().outcome == (isRefused ? .couldNotCheck : .valid))
            #expect(try scene.verdict().reason == (isRefused ? .trustListRolledBack : nil))
            scene.claims.status = nil
            #expect(try scene.verdict().outcome == (isRefused ? .couldNotCheck : .valid))
        }
        // The control: by the older list alone nobody can tell.
        #expect(try Scene.verdict { _ in }.outcome == .valid)
    }

    @Test("What was seen only goes up, and an older trust list is known by its sequence, then by its time")
    func seen() throws {
        let old = SeenPublications(trustList: .init(sequence: 2, iat: 50), statusLists: ["a": 5, "b": 9])
        let new = SeenPublications(trustList: .init(sequence: 3, iat: 40), statusLists: ["a": 7, "b": 8])
        let both = SeenPublications(trustList: .init(sequence: 3, iat: 40), statusLists: ["a": 7, "b": 9])
        #expect(old.merging(new) == both && new.merging(old) == both)
        let scene = try Scene()
        func isRefused(_ known: SeenPublications.TrustListMark) throws -> Bool {
            if case .rolledBack = try scene.trust().notOlder(than: known) { true } else { false }
        }
        let (sequence, iat) = (scene.list.sequence, scene.list.iat)
        #expect(try isRefused(.init(sequence: sequence + 1)) && isRefused(.init(sequence: sequence, iat: iat + 1)))
        #expect(
            try !isRefused(.init(sequence: sequence, iat: iat))
                && !isRefused(.init(sequence: sequence - 1, iat: iat + 9)))
    }

    @Test("A status key that is an institution's, or stands twice, makes the trust list invalid")
    func doubled() throws {
        var scene = try Scene()
        let original = scene.list
        scene.list.statusKeys = [.init(scene.key.publicKey, from: 0)]
        #expect(throws: TrustError(.inconsistent, zh: "", en: "")) { try scene.verifiedTrust() }
        scene.list = original
        scene.list.statusKeys = (original.statusKeys ?? []) + (original.statusKeys ?? [])
        #expect(throws: TrustError(.inconsistent, zh: "", en: "")) { try scene.verifiedTrust() }
    }

    @Test("A trust list from before there were status lists is read as ever")
    func oldTrustList() throws {
        let verdict = try Scene.verdict { $0.list.statusKeys = nil }
        #expect(verdict.outcome == .valid)
        #expect(verdict.result(.status) == Check.Result.none)
    }

    @Test("A bundle comes back as it was, and another file is none")
    func bundle() throws {
        let bundle = VerificationBundle(trustList: "a.b.c", statusLists: ["d.e.f", "g.h.i"])
        let bytes = try bundle.encoded()
        #expect(VerificationBundle(decoding: bytes) == bundle)
        for other in [Array("{}".utf8), Array(bytes.dropLast(3)), []] {
            #expect(VerificationBundle(decoding: other) == nil)
        }
        var later = bundle
        later.version = 2
        #expect(VerificationBundle(decoding: try later.encoded()) == nil)
    }
}
