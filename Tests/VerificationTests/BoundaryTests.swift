import Credential
import Seal
import Signing
import Testing
import Trust
import Verification

/// The last second or day on either side of every limit in docs/formats/seal.md.
@Suite struct BoundaryTests {
    private static let t = Scene.issuedAt

    private func reason(_ change: (inout Scene) throws -> Void) throws -> Reason? {
        let verdict = try Scene.verdict(change)
        #expect((verdict.reason == nil) == (verdict.outcome == .valid))
        return verdict.reason
    }

    @Test(
        "A key is in force from its first second to the one before its last",
        arguments: [
            (t, Int?.none, Reason?.none), (t + 1, nil, .keyNotInForce), (t - 5, t + 1, nil), (t - 5, t, .keyNotInForce),
            (0, 1, .keyNotInForce),
        ])
    func keyPeriod(from: Int, to: Int?, expected: Reason?) throws {
        #expect(try reason { ($0.entry.from, $0.entry.to) = (from, to) } == expected)
    }

    @Test("A retired key's certificates stay good, those outside its time do not")
    func retired() throws {
        #expect(try reason { $0.entry.state = .retired } == nil)
        #expect(try reason { ($0.entry.state, $0.entry.to) = (.retired, Self.t) } == .keyNotInForce)
    }

    @Test(
        "Under a compromised key only what is earlier and was recorded is believed",
        arguments: [
            (t + 1, Reason?.none), (t, .keyCompromised), (t - 1, .keyCompromised), (0, .keyCompromised),
        ])
    func compromised(since: Int, expected: Reason?) throws {
        #expect(try Scene.compromised(since: since, recorded: nil).reason == expected)
        // The control: whoever stole the key can write an early time, and is not recorded.
        #expect(
            try Scene.compromised(since: since, recorded: [[UInt8](repeating: 7, count: 16)]).reason
                == expected ?? .notRecorded)
        // Without any record nothing stands.
        #expect(
            try reason { ($0.entry.state, $0.entry.compromisedSince) = (.compromised, since) } == .keyCompromised)
    }

    @Test("One recorded seal among many is found, and no other file is taken for the one that is named")
    func recorded() throws {
        let scene = try Scene()
        let own = try RecordedSeals.entry(of: UnverifiedSeal(decoding: scene.seal()).signedBytes)
        for count in [0, 1, 2, 7, 100] {
            let others = (0..<count).map { [UInt8](repeating: UInt8($0 * 2), count: 16) }
            let seals = RecordedSeals(entries: others + [own])
            #expect(try seals.contains(UnverifiedSeal(decoding: scene.seal()).signedBytes))
            #expect(try !RecordedSeals(entries: others).contains(UnverifiedSeal(decoding: scene.seal()).signedBytes))
            var changed = scene
            changed.entry.state = .compromised
            changed.entry.compromisedSince = Scene.issuedAt + 1
            changed.entry.recorded = try seals.reference
            guard case .list(var list) = try changed.trust() else { return }
            let kid = scene.key.publicKey.kid
            let taken = [seals.bytes + own, seals.bytes.dropLast(), seals.bytes].map {
                list.add(recordedSeals: $0, of: kid)
            }
            #expect(taken == [false, false, true])
            #expect(list.recordedSeals(of: kid) == seals)
        }
    }

    @Test("A list is good to its last second", arguments: [(0, Reason?.none), (1, .trustListStale)])
    func stale(late: Int, expected: Reason?) throws {
        #expect(try reason { $0.now = $0.list.nextUpdate + late } == expected)
    }

    @Test(
        "Validity begins with its first second and ends before its last",
        arguments: [
            (Int?.none, Int?.some(0), Reason?.some(.expired)), (nil, 1, nil), (nil, -1, .expired), (0, nil, nil),
            (1, nil, .notYetValid), (0, 1, nil), (1, 0, .expired),
        ])
    func validity(notBefore: Int?, expires: Int?, expected: Reason?) throws {
        let found = try reason { scene in
            scene.claims.notBefore = notBefore.map { scene.now + $0 }
            scene.claims.expiresAt = expires.map { scene.now + $0 }
        }
        #expect(found == expected)
    }

    @Test("A signer's clock may run five minutes ahead", arguments: [(-300, Reason?.none), (-301, .datesContradict)])
    func clockSkew(now: Int, expected: Reason?) throws {
        #expect(try reason { $0.now = Self.t + now } == expected)
    }

    @Test(
        "An award day may be the day after issue in UTC, and any day before",
        arguments: [
            (1, Reason?.none), (2, .datesContradict), (0, nil), (-100, nil),
        ])
    func awardDay(daysLater: Int, expected: Reason?) throws {
        let day = CalendarDate(daysSinceEpoch: Self.t / 86_400 + daysLater)
        #expect(try reason { $0.claims.certificate.awardDate = day } == expected)
    }

    @Test(
        "The scope is that of the award day, not of the day of issue or of today",
        arguments: [
            ("2026-06-30", "2026-06-30", Reason?.none), ("2026-07-01", nil, .notFiled),
            ("2026-01-01", "2026-06-29", .notFiled),
            ("2026-06-01", nil, nil),
        ])
    func scope(from: String, to: String?, expected: Reason?) throws {
        let found = try reason {
            ($0.list.institutions[0].filings[0].from, $0.list.institutions[0].filings[0].to) = (from, to)
            $0.now = Self.t + 80_000
        }
        #expect(found == expected)
    }

    @Test("Another level or occupation is not filed")
    func otherScope() throws {
        #expect(try reason { $0.claims.certificate.level = .technician } == .notFiled)
        #expect(
            try reason { $0.claims.certificate.occupation = Occupation(code: "4-02-06-04", name: "物流服务师") } == .notFiled
        )
    }
}
