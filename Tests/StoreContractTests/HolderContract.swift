import Credential
import Errors
import Store
import Testing

@Suite("Store contract: holders")
struct HolderContract {
    private static func digest(_ byte: UInt8) -> [UInt8] { [UInt8](repeating: byte, count: 32) }

    private static func access(_ certificate: CertificateKey, _ byte: UInt8) -> HolderAccess {
        HolderAccess(certificate: certificate, salt: digest(byte), digest: digest(byte + 1))
    }

    private static func certificates(in store: any Store) async throws -> [CertificateKey] {
        try await store.insert(1...2, into: store.insertBatch()).map(\.certificate)
    }

    @Test("an invitation is good once, until its end, and until the next", arguments: StoreDriver.all)
    func invitations(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let certificates = try await Self.certificates(in: store)
        let first = ClaimInvitation(digest: Self.digest(1), certificate: certificates[0], expiresAt: 100)
        let second = ClaimInvitation(digest: Self.digest(2), certificate: certificates[0], expiresAt: 200)
        let claim = { (invitation: ClaimInvitation, access: HolderAccess, time: Int) in
            try await store.write { try $0.claim(invitation.digest, as: access, at: time) }
        }
        let access = Self.access(certificates[0], 10)
        try await store.write { try $0.save(first) }
        #expect(try await store.reopened().read { try $0.invitation(digest: first.digest) } == first)
        try await store.write { try $0.save(second) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) { try await claim(first, access, 50) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) { try await claim(second, access, 200) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await claim(second, Self.access(certificates[1], 1), 50)
        }
        #expect(try await store.read { try $0.holderAccess(of: certificates[0]) } == nil)
        try await claim(second, access, 199)
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await claim(second, Self.access(certificates[0], 20), 199)
        }
        #expect(try await store.reopened().read { try $0.holderAccess(of: certificates[0]) } == access)
        // Who lost the passphrase is invited again.
        try await store.write { try $0.save(first) }
        try await claim(first, Self.access(certificates[0], 30), 50)
        #expect(try await store.read { try $0.holderAccess(of: certificates[0]) } == Self.access(certificates[0], 30))
    }

    @Test("share codes are kept in order, counted, and cancelled by their certificate only", arguments: StoreDriver.all)
    func shares(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let certificates = try await Self.certificates(in: store)
        let codes = ["b", "a"].enumerated().map { index, id in
            ShareCode(
                id: id, digest: Self.digest(UInt8(index)), certificate: certificates[0],
                label: "示例公司 \(index)", showsScores: index == 0, showsPhoto: index == 1, createdAt: 10, expiresAt: 100)
        }
        for code in codes { try await store.write { try $0.insert(code) } }
        #expect(try await store.reopened().read { try $0.shareCodes(of: certificates[0]) } == codes)
        #expect(try await store.read { try $0.shareCodes(of: certificates[1]) }.isEmpty)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.insert(codes[0]) } }
        try await store.write { try $0.countOpening(of: "b") }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.cancelShareCode("b", of: certificates[1], at: 20) }
        }
        try await store.write { try $0.cancelShareCode("b", of: certificates[0], at: 20) }
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.cancelShareCode("b", of: certificates[0], at: 30) }
        }
        let kept = try #require(try await store.read { try $0.shareCode(digest: codes[0].digest) })
        #expect(kept.openings == 1 && kept.cancelledAt == 20)
    }

    @Test("A session lasts its time, for every server, and ends when somebody claims anew", arguments: StoreDriver.all)
    func sessions(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await Self.certificates(in: store)
        @Sendable func session(_ byte: UInt8, _ key: CertificateKey, until end: Int) -> HolderSession {
            HolderSession(digest: [UInt8](repeating: byte, count: 32), certificate: key, endsAt: end)
        }
        let (first, second, other) = (
            session(1, keys[0], until: 100), session(2, keys[0], until: 200), session(3, keys[1], until: 200)
        )
        try await store.write { for session in [first, second, other] { try $0.insert(session, at: 10) } }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.insert(second, at: 10) } }
        let elsewhere = try store.reopened()
        #expect(try await elsewhere.read { try $0.session(digest: first.digest, at: 99) } == first)
        #expect(try await elsewhere.read { try $0.session(digest: first.digest, at: 100) } == nil)
        #expect(try await store.read { try $0.session(digest: [9], at: 50) } == nil)
        // What has ended is forgotten.
        try await store.write { try $0.insert(session(4, keys[1], until: 300), at: 150) }
        #expect(try await store.read { try $0.session(digest: first.digest, at: 50) } == nil)
        let invitation = ClaimInvitation(digest: [5], certificate: keys[0], expiresAt: 1000)
        try await store.write {
            try $0.save(invitation)
            try $0.claim([5], as: HolderAccess(certificate: keys[0], salt: [6], digest: [7]), at: 160)
        }
        #expect(try await store.read { try $0.session(digest: second.digest, at: 160) } == nil)
        // The control: another certificate's goes on.
        #expect(try await store.read { try $0.session(digest: other.digest, at: 160) } == other)
    }
}
