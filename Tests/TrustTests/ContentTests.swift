import Errors
import Signing
import Testing
import Trust

/// Lists that the root did sign but that contradict themselves or their format.
@Suite struct ContentTests {
    var authority: Authority

    init() throws { authority = try Authority() }

    private func expect(
        _ code: TrustError.Code, sourceLocation: SourceLocation = #_sourceLocation,
        _ change: (inout TrustList) throws -> Void
    ) throws {
        #expect(throws: Never.self, "the control", sourceLocation: sourceLocation) { try authority.published() }
        var changed = authority
        try change(&changed.list)
        #expect(throws: TrustError(code, zh: "", en: ""), sourceLocation: sourceLocation) { try changed.published() }
    }

    @Test("A key must be the one that its kid and algorithm say")
    func keyMismatch() throws {
        let (first, second) = (authority.issuers[0].publicKey, authority.otherIssuer.publicKey)
        try expect(.inconsistent) { $0.institutions[0].keys[0].kid = "0000000000000000" }
        try expect(.inconsistent) { $0.institutions[0].keys[0].kid = first.kid.description.uppercased() + " " }
        try expect(.inconsistent) { $0.institutions[0].keys[0].kid = second.kid.description }
        try expect(.inconsistent) { $0.institutions[0].keys[0].jwk = second.jwk }
        for algorithm in ["EdDSA", "SM2", "none", "es256"] {
            try expect(.inconsistent) { $0.institutions[0].keys[0].alg = algorithm }
        }
    }

    @Test("A key stands in the list once, in one institution or in two")
    func duplicateKey() throws {
        try expect(.inconsistent) { $0.institutions[0].keys.append($0.institutions[0].keys[1]) }
        try expect(.inconsistent) { $0.institutions[1].keys.append($0.institutions[0].keys[0]) }
        try expect(.inconsistent) {
            var again = $0.institutions[0].keys[0]
            again.state = .retired
            $0.institutions[0].keys.append(again)
        }
    }

    @Test("An institution stands in the list once")
    func duplicateInstitution() throws {
        var changed = authority
        changed.list.institutions[1].id = changed.list.institutions[0].id
        #expect(throws: TrustError(.inconsistent, zh: "", en: "")) { try changed.published() }
    }

    @Test("A compromised key says since when")
    func compromised() throws {
        try expect(.inconsistent) { $0.institutions[0].keys[0].state = .compromised }
        var told = authority
        told.list.institutions[0].keys[0].state = .compromised
        told.list.institutions[0].keys[0].compromisedSince = 0
        #expect(throws: Never.self) { try told.published() }
    }

    @Test("A key that is no point of its curve, or of no known curve, is refused")
    func malformedKey() throws {
        let changes: [(inout JWK) -> Void] = [
            { $0.y = $0.x }, { $0.y = nil }, { $0.x = "AA" }, { $0.x += "=" }, { $0.crv = "P-384" }, { $0.kty = "OKP" },
            { $0.crv = "SM2" },
        ]
        for change in changes {
            var changed = authority
            change(&changed.list.institutions[0].keys[0].jwk)
            #expect(throws: (any Error).self) { try changed.published() }
            #expect(throws: TrustError(.malformed, zh: "", en: "")) { try changed.published() }
        }
    }

    @Test(
        "Every day is YYYY-MM-DD and exists",
        arguments: [
            "2026-02-29", "2026-6-30", "26-06-30", "2026/06/30", "20260630", "", " 2026-06-30", "2026-06-30T00:00:00Z",
            "２０２６-06-30", "0000-01-01", "2026-13-01",
        ])
    func malformedDay(day: String) throws {
        try expect(.malformed) { $0.institutions[0].filings[0].from = day }
        try expect(.malformed) { $0.institutions[0].filings[0].to = day }
        try expect(.malformed) { $0.institutions[0].names[0].from = day }
        try expect(.malformed) { $0.institutions[1].names[0].to = day }
    }

    @Test(
        "A payload that does not follow the format is refused, though the root signed it",
        arguments: [
            ("\"sequence\":3", "\"sequence\":\"3\""), ("\"sequence\":3", "\"sequence\":3.5"),
            ("\"sequence\":3", "\"sequence\":null"), ("\"next_update\"", "\"nextUpdate\""), ("\"active\"", "\"good\""),
            ("\"levels\":[3,4]", "\"levels\":3"), ("\"levels\":[3,4]", "\"levels\":[\"3\"]"), ("{", "["),
            ("\"iss\"", "\"issuer\""), ("\"id\"", "\"ID\""),
        ])
    func malformedPayload(part: String, replacement: String) throws {
        let payload = try JWSParts(authority.list.signed(by: authority.root)).payload
        let text = String(decoding: payload, as: UTF8.self)
        let changed = text.replacing(part, with: replacement)
        #expect(changed != text)
        let jws = try authority.jws(header: authority.header(), payload: Array(changed.utf8))
        #expect(throws: TrustError(.malformed, zh: "", en: "")) {
            try VerifiedTrustList(jws: jws, root: authority.root.publicKey)
        }
    }
}
