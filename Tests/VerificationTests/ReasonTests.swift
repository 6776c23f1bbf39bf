import Credential
import Seal
import Signing
import StatusList
import TestSupport
import Testing
import Trust
import Verification

/// Every reason, and how it comes about.
@Suite struct ReasonTests {
    struct Way: Sendable, CustomTestStringConvertible {
        let reason: Reason
        let check: Check.Name
        let outcome: Outcome
        let verdict: @Sendable () throws -> Verdict

        init(
            _ reason: Reason, _ check: Check.Name, _ outcome: Outcome = .notValid,
            _ verdict: @escaping @Sendable () throws -> Verdict
        ) {
            (self.reason, self.check, self.outcome, self.verdict) = (reason, check, outcome, verdict)
        }

        var testDescription: String { reason.rawValue }
    }

    /// The verifier has all that the formats ask for; only the page may miss something in its browser.
    static let unreachable: Set<Reason> = [.algorithmUnsupported, .statusUnsupported]

    static let ways: [Way] = [
        Way(.notASeal, .signature, .couldNotCheck) { try Scene().verdict(text: "https://www.example.com/") },
        Way(.sealDamaged, .signature, .couldNotCheck) { try Scene().verdict(of: [0xD2, 0x84]) },
        Way(.severalSeals, .signature, .couldNotCheck) {
            let scene = try Scene()
            let texts = try [scene.seal(), scene.seal(by: scene.stranger)].map {
                QRText.text(host: "a.example", seal: $0)
            }
            return try scene.verdict(text: texts.joined(separator: " "))
        },
        Way(.malformedSeal, .signature) {
            // A message of our kind, whole, with no claims in it.
            try Scene().verdict(of: [0xD2, 0x84, 0x40, 0xA0, 0x40, 0x58, 0x60] + [UInt8](repeating: 1, count: 96))
        },
        Way(.unknownKey, .signature) {
            var scene = try Scene()
            scene.list.iat = Scene.issuedAt
            return try scene.verdict(of: scene.seal(by: scene.stranger))
        },
        Way(.algorithmMismatch, .signature) {
            let scene = try Scene()
            return try scene.verdict(of: scene.seal(naming: -8))
        },
        Way(.badSignature, .signature) {
            let scene = try Scene()
            let seal = try scene.seal()
            return try scene.verdict(of: seal.dropLast() + [#require(seal.last) ^ 1])
        },
        Way(.issuerMismatch, .issuer) {
            try Scene.verdict { $0.claims.certificate.institution = InstitutionID("4137012392") }
        },
        Way(.keyNotInForce, .issuer) { try Scene.verdict { $0.entry.from = Scene.issuedAt + 1 } },
        Way(.keyCompromised, .issuer) {
            try Scene.verdict {
                $0.entry.state = .compromised
                $0.entry.compromisedSince = Scene.issuedAt
            }
        },
        Way(.notRecorded, .issuer) { try Scene.compromised(recorded: []) },
        Way(.recordedSealsUnavailable, .issuer, .couldNotCheck) {
            try Scene.verdict {
                $0.entry.state = .compromised
                $0.entry.compromisedSince = Scene.issuedAt + 1
                $0.entry.recorded = try RecordedSeals(entries: []).reference
            }
        },
        Way(.notFiled, .scope) { try Scene.verdict { $0.list.institutions[0].filings = [] } },
        Way(.notYetValid, .dates, .couldNotCheck) { try Scene.verdict { $0.claims.notBefore = $0.now + 1 } },
        Way(.expired, .dates) { try Scene.verdict { $0.claims.expiresAt = $0.now } },
        Way(.datesContradict, .dates) { try Scene.verdict { $0.now = Scene.issuedAt - 301 } },
        Way(.clockBehind, .dates, .couldNotCheck) { try Scene.verdict { $0.list.iat = $0.now + 301 } },
        Way(.trustListUnavailable, .signature, .couldNotCheck) { try Scene().verdict(trust: .unavailable) },
        Way(.trustListInvalid, .signature, .couldNotCheck) { try Scene().verdict(trust: .invalid) },
        Way(.trustListStale, .signature, .couldNotCheck) { try Scene.verdict { $0.now = $0.list.nextUpdate + 1 } },
        Way(.trustListRolledBack, .signature, .couldNotCheck) {
            try Scene.verdict { scene in
                let newer = scene.list.sequence + 1
                try scene.takeStatus { $0.trustSequence = newer }
            }
        },
        Way(.trustListOlderThanSeal, .signature, .couldNotCheck) {
            let scene = try Scene()
            return try scene.verdict(of: scene.seal(by: scene.stranger))
        },
        Way(.revoked, .status) { try Scene.verdict { try $0.takeStatus(entries: [7: 1]) } },
        Way(.suspended, .status) { try Scene.verdict { try $0.takeStatus(entries: [7: 2]) } },
        Way(.superseded, .status) { try Scene.verdict { try $0.takeStatus(entries: [7: 3]) } },
        Way(.statusUnavailable, .status, .couldNotCheck) { try Scene.verdict { $0.referToStatus() } },
        Way(.statusListInvalid, .status, .couldNotCheck) {
            try Scene.verdict { try $0.takeStatus { $0.deflated.removeLast() } }
        },
        Way(.statusSignatureInvalid, .status, .couldNotCheck) {
            try Scene.verdict { try $0.takeStatus(by: $0.stranger) }
        },
        Way(.statusAddressMismatch, .status, .couldNotCheck) {
            try Scene.verdict { try $0.takeStatus { $0.uri = "https://verify.example.org/status/2" } }
        },
        Way(.statusListStale, .status, .couldNotCheck) {
            try Scene.verdict { scene in try scene.takeStatus { $0.expiresAt = Scene.issuedAt } }
        },
        Way(.statusListRolledBack, .status, .couldNotCheck) {
            try Scene.verdict { try $0.takeStatus(seen: Scene.issuedAt + 61) }
        },
        Way(.statusIndexOutOfRange, .status, .couldNotCheck) { try Scene.verdict { try $0.takeStatus(size: 4) } },
        Way(.statusValueUnknown, .status, .couldNotCheck) {
            try Scene.verdict { try $0.takeStatus(bits: 4, entries: [7: 9]) }
        },
    ]

    @Test("Nothing wrong gives no reason")
    func control() throws {
        let verdict = try Scene().verdict()
        #expect(verdict.outcome == .valid)
        #expect(verdict.reason == nil)
        #expect(verdict.certificate == SampleCertificate.typical)
    }

    @Test("Every reason is reached, but for those that only another verifier has")
    func everyReason() {
        #expect(Set((Self.ways + DocumentTests.ways).map(\.reason)).union(Self.unreachable) == Set(Reason.allCases))
        #expect(Self.unreachable.isDisjoint(with: Self.ways.map(\.reason)))
    }

    @Test("Each comes from its own check, alone, with its outcome", arguments: ways + DocumentTests.ways)
    func reached(way: Way) throws {
        let verdict = try way.verdict()
        #expect(verdict.reason == way.reason)
        #expect(verdict.outcome == way.outcome)
        let expected: Check.Result = way.outcome == .notValid ? .fail(way.reason) : .unknown(way.reason)
        #expect(verdict.isOnly(way.check, expected), "\(verdict.checks)")
        let names = Check.Name.allCases.filter { $0 != .document || way.check == .document }
        #expect(verdict.checks.map(\.name) == names, "always all checks, in their order")
    }

    @Test(
        "What another verifier has is never said by this one, under any registered algorithm",
        arguments: SignatureAlgorithm.registered)
    func everyAlgorithm(algorithm: SignatureAlgorithm) throws {
        let scene = try Scene(algorithm)
        #expect(try scene.verdict().outcome == .valid)
        for identifier in algorithm.acceptedCOSEIdentifiers {
            #expect(try scene.verdict(of: scene.seal(naming: identifier)).outcome == .valid)
        }
        for other in [-7, -9, -8, -19, -70256, -35, 0, 5] where !algorithm.acceptedCOSEIdentifiers.contains(other) {
            #expect(try scene.verdict(of: scene.seal(naming: other)).reason == .algorithmMismatch)
        }
    }
}
