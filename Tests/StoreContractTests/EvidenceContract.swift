import Errors
import Store
import Testing

@Suite("Store contract: evidence of approvals")
struct EvidenceContract {
    private static func signed(
        _ byte: UInt8, by account: Account, of subject: String = "submission 1", with credential: UInt8 = 5
    ) -> SignedStatement {
        SignedStatement(
            act: "issue", subject: subject, subjectDigest: [byte, 1], statement: [byte, 2], account: account.id,
            credential: [credential], authenticatorData: [byte, 3], clientDataJSON: [], signature: [byte, 4])
    }

    private static func filled(_ store: TestStore) async throws -> [ApprovalEvidence] {
        let (one, two) = try await AccountContract.made(store)
        let statements = [
            signed(1, by: one), signed(2, by: two, of: "submission 2", with: 6), signed(3, by: one), signed(4, by: one),
        ]
        return try await store.write { writing in
            try statements.enumerated().map { try writing.insert($1, at: 100 + $0) }
        }
    }

    @Test("what was signed is kept as it came, in its order", arguments: StoreDriver.all)
    func kept(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let all = try await Self.filled(store)
        #expect(all.map(\.at) == [100, 101, 102, 103])
        try await store.reopened().read { (store: any StoreReading) throws in
            #expect(try store.evidence(after: nil, limit: 9) == all)
            #expect(try store.evidence(after: all[1].id, limit: 1) == [all[2]])
            #expect(try store.evidence(all[1].id) == all[1])
            #expect(try store.evidence(EvidenceID(99)) == nil)
            #expect(try store.evidence(ofSubject: "submission 1") == [all[0], all[2], all[3]])
            #expect(try store.evidence(ofSubject: "submission 3").isEmpty)
        }
        // Each part counts for what the record has of it.
        #expect(try Set(all.map { try $0.signed.digest }).count == all.count)
    }

    @Test("a statement is kept once, also when two bring it at once", arguments: StoreDriver.all)
    func once(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, _) = try await AccountContract.made(store)
        let kept = await withTaskGroup(of: Bool.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    (try? await store.write { try $0.insert(Self.signed(1, by: one), at: 100) }) != nil
                }
            }
            return await group.reduce(0) { $0 + ($1 ? 1 : 0) }
        }
        #expect(kept == 1)
        await #expect(throws: StoreError.conflict) {
            _ = try await store.write { try $0.insert(Self.signed(1, by: one), at: 100) }
        }
        let stranger = AccountContract.account(9)
        await #expect(throws: StoreError.self) {
            _ = try await store.write { try $0.insert(Self.signed(2, by: stranger), at: 100) }
        }
    }

    @Test("something becomes of each once; what is open is found in order", arguments: StoreDriver.all)
    func outcomes(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let all = try await Self.filled(store)
        let done = EvidenceOutcome(at: 200)
        let refused = EvidenceOutcome(at: 300, refusal: BilingualText(zh: "不符", en: "another"))
        try await store.write {
            try $0.conclude(all[0].id, done)
            try $0.conclude(all[2].id, refused)
        }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.conclude(all[0].id, refused) } }
        await #expect(throws: StoreError.self) { try await store.write { try $0.conclude(EvidenceID(99), done) } }
        try await store.reopened().read { (store: any StoreReading) throws in
            #expect(try store.outcome(of: all[0].id) == done)
            #expect(try store.outcome(of: all[2].id) == refused)
            #expect(try store.outcome(of: all[1].id) == nil)
            #expect(try store.openEvidence(limit: 9) == [all[1], all[3]])
            #expect(try store.openEvidence(limit: 1) == [all[1]])
            // A refused one was not used.
            #expect(try store.evidence(usedBefore: all[3].id, ofCredential: [5]) == all[0])
            #expect(try store.evidence(usedBefore: all[0].id, ofCredential: [5]) == nil)
            #expect(try store.evidence(usedBefore: all[3].id, ofCredential: [6]) == nil)
        }
    }
}
