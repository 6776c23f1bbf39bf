import Credential
import Store
import Testing

/// Attempts, holders, answers and the registry's versions, for every driver.
@Suite struct PastRecordsContract {
    private static func attempt(_ row: Int, day: Int = 20_000, outcome: String = "failed", box: UInt8 = 1)
        -> AttemptRecord
    {
        AttemptRecord(
            holding: Sample.holding(row), examDate: CalendarDate(daysSinceEpoch: day), outcome: outcome,
            privateBox: [UInt8](repeating: box, count: 80))
    }

    @Test("Attempts of a holding come back oldest first; one of the same day is replaced", arguments: StoreDriver.all)
    func attempts(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write {
            try $0.save(Sample.institution)
            try $0.save([Self.attempt(1, day: 20_100), Self.attempt(1), Self.attempt(2)], of: Sample.institution.id)
        }
        #expect(
            try await store.read { try $0.attempts(of: Sample.holding(1)) } == [
                Self.attempt(1), Self.attempt(1, day: 20_100),
            ])
        let later = Self.attempt(1, outcome: "absent", box: 9)
        try await store.write { try $0.save([later], of: Sample.institution.id) }
        #expect(try await store.read { try $0.attempts(of: Sample.holding(1)).first } == later)
        #expect(try await store.read { try $0.attempts(of: Sample.holding(1, level: .technician)) } == [])
    }

    @Test("An institution's attempts are read page by page, each once", arguments: StoreDriver.all)
    func pages(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write {
            try $0.save(Sample.institution)
            try $0.save((1...25).map { Self.attempt($0) }, of: Sample.institution.id)
        }
        var seen: [AttemptRecord] = []
        while true {
            let after = seen.last?.key
            let page = try await store.read { try $0.attempts(of: Sample.institution.id, after: after, limit: 10) }
            if page.isEmpty { break }
            seen += page
        }
        #expect(Set(seen) == Set((1...25).map { Self.attempt($0) }) && seen.count == 25)
        let elsewhere = try await store.read { try $0.attempts(of: InstitutionID("another"), after: nil, limit: 10) }
        #expect(elsewhere.isEmpty)
    }

    @Test("Attempts of an institution that is not registered are refused", arguments: StoreDriver.all)
    func orphans(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        await #expect(throws: StoreError.self) {
            try await store.write { try $0.save([Self.attempt(1)], of: InstitutionID("nobody")) }
        }
    }

    @Test("A holder's certificate is found, signed or not", arguments: StoreDriver.all)
    func holders(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        #expect(try await store.read { try $0.hasCertificates() } == false)
        let batch = try await store.insertBatch()
        let keys = try await store.insert(5...7, into: batch)
        #expect(try await store.read { try $0.hasCertificates() })
        let held = try #require(try await store.read { try $0.certificate(heldAs: Sample.holding(6)) })
        let certificate = Sample.certificate(6)
        #expect(held.batch == batch.id && held.sheetRow == 6 && held.number == certificate.number)
        #expect(held.payload == certificate.payload && held.privateBox == certificate.privateBox)
        #expect(held.holding == Sample.holding(6))
        #expect(try await store.read { try $0.certificate(heldAs: Sample.holding(8)) } == nil)
        #expect(try await store.read { try $0.certificate(heldAs: Sample.holding(6, level: .technician)) } == nil)
        let first = try await store.read { try $0.certificates(of: Sample.institution.id, after: nil, limit: 2) }
        let rest = try await store.read {
            try $0.certificates(of: Sample.institution.id, after: first.last?.key, limit: 2)
        }
        #expect((first + rest).map(\.key) == keys.map(\.certificate))
        #expect(try await store.read { try $0.certificates(of: InstitutionID("x"), after: nil, limit: 2) }.isEmpty)
    }

    @Test("An answer is recorded once, with who gave it and why", arguments: StoreDriver.all)
    func settlements(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let settlement = Settlement(rowKey: Array(1...16), rule: "id-sex", approval: Sample.approval)
        try await store.write { try $0.save(settlement) }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.save(settlement) } }
        #expect(try await store.read { try $0.settlements() } == [settlement])
    }

    @Test("A table at a version is what had been imported by then", arguments: StoreDriver.all)
    func registry(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        @Sendable func entry(_ key: String, _ name: String) -> RegistryEntry {
            RegistryEntry(kind: "majors", key: key, cells: ["专业名称": name])
        }
        let first = try await store.write {
            try $0.save([entry("a", "甲"), entry("b", "乙")], approval: Sample.approval)
        }
        let other = RegistryEntry(kind: "filings", key: "a", cells: [:])
        let second = try await store.write { try $0.save([entry("a", "甲二"), other], approval: Sample.approval) }
        #expect([first.number, second.number] == [1, 2])
        #expect(try await store.read { try $0.registryVersions() } == [first, second])
        let tables = try await store.read { store in
            try [0, 1, 2, nil].map { try store.registryEntries("majors", version: $0).map(\.cells["专业名称"]) }
        }
        #expect(tables == [[], ["甲", "乙"], ["甲二", "乙"], ["甲二", "乙"]])
    }
}
