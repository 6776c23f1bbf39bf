import Credential
import Store
import Testing

/// Institutions and filings, for every driver.
@Suite struct RegistryContract {
    @Test("An institution comes back as it was saved", arguments: StoreDriver.all)
    func institution(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        #expect(try await store.read { try $0.institutions() }.isEmpty)
        #expect(try await store.read { try $0.institution(Sample.institution.id) } == nil)
        try await store.write { try $0.save(Sample.institution) }
        #expect(try await store.read { try $0.institution(Sample.institution.id) } == Sample.institution)
        #expect(try await store.read { try $0.institutions() } == [Sample.institution])
        #expect(try await store.read { try $0.institution(InstitutionID("another")) } == nil)
    }

    @Test("Institutions stand in the order of their identifiers, whatever text they hold", arguments: StoreDriver.all)
    func manyInstitutions(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let saved = try ["9", "10", "1"].map { id in
            Institution(
                id: InstitutionID(id),
                names: [.init(name: "𠮷林·\"技师\"学院's \\ \(id)", from: CalendarDate(daysSinceEpoch: 0))],
                numberScheme: try NumberScheme(institutionPrefix: "S00003700000\(id.prefix(1))"), phone: "",
                website: "")
        }
        try await store.write { for institution in saved { try $0.save(institution) } }
        #expect(try await store.read { try $0.institutions() } == [saved[2], saved[1], saved[0]])
    }

    @Test("Saving an institution again replaces its details and adds its new name", arguments: StoreDriver.all)
    func replacedInstitution(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write { try $0.save(Sample.institution) }
        var changed = Sample.institution
        changed.phone = "0536-8881111"
        changed.website = "https://new.example.cn"
        changed.numberScheme = try NumberScheme(institutionPrefix: "S000037000002")
        changed.names[1].name = "潍坊职业技术学院"
        changed.names.append(.init(name: "潍坊职业大学", from: CalendarDate(daysSinceEpoch: 20_000)))
        let expected = changed
        try await store.write { try $0.save(expected) }
        #expect(try await store.read { try $0.institutions() } == [expected])
    }

    @Test("A name that an institution no longer has is gone when it is saved", arguments: StoreDriver.all)
    func withdrawnName(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        try await store.write { try $0.save(Sample.institution) }
        var changed = Sample.institution
        changed.names.removeLast()
        let expected = changed
        try await store.write { try $0.save(expected) }
        let found = try await store.read { try $0.institution(expected.id) }
        #expect(found == expected)
    }

    @Test("Filings of every level come back, with and without a last day", arguments: StoreDriver.all)
    func filings(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let filings = SkillLevel.allCases.map { Sample.filing($0, to: $0 == .technician ? nil : 21_183) }
        try await store.write {
            try $0.save(Sample.institution)
            for filing in filings { try $0.save(filing) }
        }
        let found = try await store.read { try $0.filings(of: Sample.institution.id) }
        #expect(Set(found) == Set(filings))
        #expect(found.count == filings.count)
        #expect(try await store.read { try $0.filings(of: InstitutionID("another")) }.isEmpty)
    }

    @Test("A filing with the same first day is replaced; with another it stands beside", arguments: StoreDriver.all)
    func replacedFiling(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let ended = Sample.filing(name: "供应链管理师", to: 20_000)
        let later = Sample.filing(from: 20_100, to: nil)
        try await store.write {
            try $0.save(Sample.institution)
            try $0.save(Sample.filing())
            try $0.save(ended)
            try $0.save(later)
        }
        #expect(try await store.read { try $0.filings(of: Sample.institution.id) } == [ended, later])
    }

    @Test("A filing of an unknown institution is a conflict", arguments: StoreDriver.all)
    func orphanFiling(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.save(Sample.filing()) } }
        try await store.write { try $0.save(Sample.institution) }
        try await store.write { try $0.save(Sample.filing()) }
    }
}
