import Credential
import Errors
import Seal
import Signing
import Testing
import Trust
import Verification

/// What is asked before signing is what verifiers ask.
@Suite struct ClaimsChecksTests {
    struct Change: CustomTestStringConvertible {
        let testDescription: String
        let isRefused: Bool
        let make: @Sendable (inout Scene) throws -> Void

        init(_ name: String, isRefused: Bool = true, _ make: @escaping @Sendable (inout Scene) throws -> Void) {
            (testDescription, self.isRefused, self.make) = (name, isRefused, make)
        }
    }

    private static let place = CertificateClaims.StatusReference(index: 7, uri: "https://verify.example.org/status/1")
    private static let day = Scene.issuedAt / 86_400

    @Test(
        "A signer refuses exactly what a verifier refuses",
        arguments: [
            Change("nothing", isRefused: false) { _ in },
            Change("unknown key") { $0.list.institutions[0].keys[0] = .init($0.stranger.publicKey, from: 0) },
            Change("another institution") { $0.claims.certificate.institution = InstitutionID("9999999999") },
            Change("key begins later") { $0.entry.from = Scene.issuedAt + 1 },
            Change("key begins now", isRefused: false) { $0.entry.from = Scene.issuedAt },
            Change("key has ended") { $0.entry.to = Scene.issuedAt },
            Change("key ends next second", isRefused: false) { $0.entry.to = Scene.issuedAt + 1 },
            Change("compromised key") {
                $0.entry.state = .compromised
                $0.entry.compromisedSince = Scene.issuedAt
            },
            Change("stale list") { $0.list.nextUpdate = $0.now - 1 },
            Change("no filing of the level") { $0.list.institutions[0].filings[0].levels = [5] },
            Change("filing ended before") {
                $0.list.institutions[0].filings[0].to = CalendarDate(daysSinceEpoch: day - 30).description
            },
            Change("award date far ahead") {
                $0.claims.certificate.awardDate = CalendarDate(daysSinceEpoch: day + 2)
            },
            Change("award date ahead, valid from then", isRefused: false) {
                $0.claims.certificate.awardDate = CalendarDate(daysSinceEpoch: day + 2)
                $0.claims.notBefore = (day + 2) * 86_400
            },
            Change("valid from a day before the award date") {
                $0.claims.certificate.awardDate = CalendarDate(daysSinceEpoch: day + 9)
                $0.claims.notBefore = (day + 2) * 86_400
            },
            Change("expired") { $0.claims.expiresAt = $0.now },
            Change("issued in the future") {
                $0.claims.issuedAt = $0.now + 301
                $0.entry.to = nil
            },
        ])
    func agree(_ change: Change) throws {
        var scene = try Scene()
        scene.isTrustCurrent = true
        scene.claims.status = Self.place
        try change.make(&scene)
        guard case .list(let list) = try scene.trust() else { return }
        let refused = ClaimsChecks(list, now: scene.now).refusal(of: scene.claims, signedBy: scene.key.publicKey.kid)
        #expect((refused != nil) == change.isRefused, "\(String(describing: refused))")
        // The same claims signed all the same, looked at now, and once they are to be valid.
        let verdict = try scene.verdict()
        scene.now = max(scene.now, scene.claims.notBefore ?? 0)
        scene.list.nextUpdate += scene.claims.notBefore == nil ? 0 : 10 * 86_400
        let later = try scene.verdict()
        // No list is at hand here, so of its status nothing is known; all else is right or not.
        let isAccepted = later.checks.allSatisfy { $0.name == .status || $0.result == .pass }
        #expect(isAccepted == !change.isRefused, "\(later)")
        if let refused { #expect(verdict.result(refused.name) == refused.result) }
    }

    @Test("Texts that a seal cannot carry are refused before they are signed")
    func texts() throws {
        let scene = try Scene()
        guard case .list(let list) = try scene.trust() else { return }
        func refused(_ change: (inout Certificate) -> Void) -> Check.Result? {
            var claims = scene.claims
            claims.status = Self.place
            change(&claims.certificate)
            return ClaimsChecks(list, now: scene.now).refusal(of: claims, signedBy: scene.key.publicKey.kid)?.result
        }
        // A certificate without a place could never be revoked.
        let placeless = ClaimsChecks(list, now: scene.now).refusal(of: scene.claims, signedBy: scene.key.publicKey.kid)
        #expect(placeless?.name == .status)
        #expect(refused { $0.holderName = "王\u{202E}明" } == .fail(.malformedSeal))
        #expect(refused { $0.holderName = "" } == .fail(.malformedSeal))
        #expect(refused { $0.version = 0 } == .fail(.malformedSeal))
        // Each text alone is short enough; together they are more than a seal may have.
        let long = String(repeating: "明", count: 190)
        #expect(refused { $0.holderName = long } == nil)
        #expect(
            refused {
                ($0.holderName, $0.institutionName) = (long, long)
                $0.specialisation = long
            } == .fail(.malformedSeal))
    }

    @Test("Before its day a genuine certificate could not be checked yet, and says from when it is valid")
    func validFrom() throws {
        let start = (Self.day + 2) * 86_400 - 8 * 3600
        func verdict(at now: Int) throws -> Verdict {
            try Scene.verdict {
                $0.claims.certificate.awardDate = CalendarDate(daysSinceEpoch: Self.day + 2)
                $0.claims.notBefore = start
                $0.now = now
                $0.list.nextUpdate = start + 86_400
            }
        }
        let before = try verdict(at: start - 1)
        let day = CalendarDate(daysSinceEpoch: Self.day + 2)
        #expect(before.outcome == .couldNotCheck && before.reason == .notYetValid && before.validFrom == day)
        #expect(before.reasonText?.en == "Genuine, valid from \(day).")
        #expect(before.json.contains(#""validFrom":"\#(day)""#))
        let after = try verdict(at: start)
        #expect(after.outcome == .valid && after.validFrom == nil)
    }
}
