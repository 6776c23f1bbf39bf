import Credential
import StatusList
import Store
import Testing

/// Status lists and what changes in them, for every driver.
@Suite struct StatusContract {
    @Test("Places are taken as ranges, and end with the list", arguments: StoreDriver.all)
    func places(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let list = try await store.statusList(size: 16)
        let taken = try await store.write { store in try [3, 0, 10, 9, 1].map { try store.takePlaces($0, of: list.id) }
        }
        #expect(taken == [0..<3, 3..<3, 3..<13, 13..<16, 16..<16])
        #expect(try await store.read { try $0.statusLists() }.map(\.isFull) == [true])
        await #expect(throws: StoreError.conflict) { try await store.write { _ = try $0.takePlaces(1, of: 9) } }
    }

    @Test("A list begins empty; its counter goes only up and never beyond its size", arguments: StoreDriver.all)
    func counters(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        #expect(try await store.read { try $0.statusLists() }.isEmpty)
        let list = try await store.statusList(size: 16)
        #expect(list.id == 1 && list.next == 0 && !list.isFull && !list.isPublished)
        try await store.write { try $0.setNextStatusIndex(5, of: 1) }
        for wrong in [4, -1, 17] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.setNextStatusIndex(wrong, of: 1) }
            }
        }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.setNextStatusIndex(1, of: 2) } }
        try await store.write { try $0.setNextStatusIndex(16, of: 1) }
        let other = try await store.statusList(size: 4)
        let lists = try await store.read { try $0.statusLists() }
        #expect(lists.map(\.id) == [1, 2] && lists.map(\.isFull) == [true, false])
        #expect(lists[1] == other && lists[0].permutationKey == [UInt8](repeating: 7, count: 32))
    }

    @Test(
        "A status changes with its act, and both are found by place, by identity and as history",
        arguments: StoreDriver.all)
    func changes(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await store.sealed(2...4)
        _ = try await store.statusList(size: 16)
        let suspension = Sample.act(.suspend, .underInvestigation)
        try await store.write { try $0.record(suspension, [Sample.change(keys[0]), Sample.change(keys[1])]) }
        let entry = try await store.read { try $0.statusEntry(at: Sample.place(keys[0])) }
        #expect(entry?.key == keys[0] && entry?.status == .suspended && entry?.act == suspension)
        #expect(
            try await store.read { try $0.statusEntry(certificateID: Sample.identity(keys[0]), version: 1) } == entry)
        #expect(try await store.read { try $0.statusEntry(certificateID: Sample.identity(keys[0]), version: 2) } == nil)
        #expect(try await store.read { try $0.statusEntry(at: Sample.place(keys[2])) } == nil)
        #expect(
            try await store.read { try $0.statuses(at: [keys[0], keys[2], keys[0]].map(Sample.place)) } == [
                Sample.place(keys[0]): .suspended, Sample.place(keys[2]): .valid,
            ])

        let revocation = Sample.act(.revoke, .misconduct)
        let reinstatement = Sample.act(.reinstate, .investigationClosed)
        try await store.write { try $0.record(revocation, [Sample.change(keys[0], from: .suspended)]) }
        try await store.write { try $0.record(reinstatement, [Sample.change(keys[1], from: .suspended)]) }
        #expect(try await store.statuses(of: 1) == [Sample.place(keys[0]).index: .revoked])
        #expect(try await store.read { try $0.statusHistory(of: keys[0]) } == [suspension, revocation])
        #expect(try await store.read { try $0.statusHistory(of: keys[1]) } == [suspension, reinstatement])
        #expect(try await store.read { try $0.statusHistory(of: keys[2]) }.isEmpty)
        #expect(try await store.read { try $0.statusLists() }.map(\.changes) == [3])
    }

    @Test(
        "A change from a status that the version has not, or to one it cannot have, changes nothing at all",
        arguments: StoreDriver.all)
    func conflicts(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await store.sealed(2...3)
        _ = try await store.statusList(size: 16)
        let (first, second) = (keys[0], keys[1])
        try await store.write { try $0.record(Sample.act(.revoke, .misconduct), [Sample.change(first)]) }
        let before = try await store.statuses(of: 1)
        let refused: [(StatusAct, StatusChange)] = [
            (Sample.act(.revoke, .misconduct), Sample.change(first)),
            (Sample.act(.suspend, .underInvestigation), Sample.change(first)),
            (Sample.act(.reinstate, .investigationClosed), Sample.change(first, from: .suspended)),
            (Sample.act(.reinstate, .investigationClosed), Sample.change(first, from: .revoked)),
            (Sample.act(.supersede, .corrected), Sample.change(first, from: .revoked)),
            (Sample.act(.revoke, .misconduct), Sample.change(second, from: .suspended)),
            (Sample.act(.revoke, .misconduct), Sample.change(VersionKey(certificate: second.certificate, version: 9))),
            (Sample.act(.revoke, .misconduct), Sample.change(second, place: StatusPlace(list: 2, index: 1))),
            (Sample.act(.revoke, .misconduct), Sample.change(second, place: StatusPlace(list: 1, index: 16))),
        ]
        for (act, change) in refused {
            await #expect(throws: StoreError.conflict) {
                // A good change before the bad one is undone with it.
                try await store.write { try $0.record(act, [Sample.change(keys[1]), change]) }
            }
        }
        #expect(try await store.statuses(of: 1) == before)
        #expect(try await store.read { try $0.statusHistory(of: second) }.isEmpty)
        #expect(try await store.read { try $0.statusLists() }.map(\.changes) == [1])
    }

    @Test("Publications only ever get later, and remember how much they contained", arguments: StoreDriver.all)
    func publications(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await store.sealed(2...3)
        _ = try await store.statusList(size: 16)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.markPublished(1, changes: 0) } }
        try await store.write { try $0.claimPublication(of: 1, at: 100, after: nil) }
        for earlier in [100, 99] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.claimPublication(of: 1, at: earlier, after: 100) }
            }
        }
        #expect(try await store.read { try $0.statusLists() }.map(\.isPublished) == [false])
        try await store.write { try $0.markPublished(1, changes: 0) }
        #expect(try await store.read { try $0.statusLists() }.map(\.isPublished) == [true])
        try await store.write { try $0.record(Sample.act(.revoke, .misconduct), [Sample.change(keys[0])]) }
        let list = try await store.read { try $0.statusLists() }[0]
        #expect(!list.isPublished && list.publishedAt == 100 && list.changes == 1)
        try await store.write { try $0.claimPublication(of: 1, at: 101, after: 100) }
        try await store.write { try $0.markPublished(1, changes: 1) }
        #expect(try await store.reopened().read { try $0.statusLists() }.map(\.isPublished) == [true])
    }

    @Test("What is kept of a lost certificate is replaced, and forgotten by valid", arguments: StoreDriver.all)
    func kept(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        _ = try await store.statusList(size: 16)
        let key = try await store.sealed(2...2)[0]
        try await store.write { try $0.record(Sample.act(.revoke, .misconduct), [Sample.change(key)]) }
        let (place, other) = (StatusPlace(list: 1, index: 9), StatusPlace(list: 1, index: 10))
        for status in [CertificateStatus.suspended, .revoked] {
            try await store.write { transaction in
                try transaction.keep([place, other].map { KeptStatus(place: $0, status: status) })
            }
            #expect(try await store.statuses(of: 1)[9] == status)
        }
        try await store.write { try $0.keep([KeptStatus(place: place, status: .valid)]) }
        #expect(try await store.reopened().read { try $0.keptStatuses() }.map(\.place) == [other])
        #expect(try await store.read { try $0.statusLists() }.map(\.changes) == [4])
        // Not of a certificate that is here, nor where there is no place.
        for wrong in [Sample.place(key), StatusPlace(list: 1, index: 16), StatusPlace(list: 2, index: 0)] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.keep([KeptStatus(place: wrong, status: .suspended)]) }
            }
        }
    }

    @Test("A query finds the sealed versions that it means, page by page", arguments: StoreDriver.all)
    func queries(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let keys = try await store.insert(2...6, into: batch)
        // The last is not sealed, so nobody has it.
        try await store.sign(Array(keys.dropLast()))
        func found(_ query: CertificateQuery) async throws -> [VersionKey] {
            var (all, last) = ([VersionKey](), CertificateKey?.none)
            while true {
                let page = try await store.read { [last] in try $0.newestVersions(query, after: last, limit: 3) }
                guard let end = page.last else { return all }
                all += page.map(\.key)
                last = end.key.certificate
            }
        }
        let sealed = Array(keys.dropLast())
        let day = Sample.awardDate.daysSinceEpoch
        let all = CertificateQuery(
            institution: Sample.institution.id.text, batch: batch.id, occupationCode: "4-02-06-03", level: 3,
            awardDays: day...day, keyID: Sample.keyID)
        #expect(try await found(CertificateQuery()) == sealed)
        #expect(try await found(all) == sealed)
        let none: [CertificateQuery] = [
            CertificateQuery(institution: "4137011067"), CertificateQuery(batch: BatchID(9)),
            CertificateQuery(occupationCode: "5-05-01-02"), CertificateQuery(level: 4),
            CertificateQuery(awardDays: (day + 1)...(day + 2)), CertificateQuery(keyID: [9, 9]),
        ]
        for query in none { #expect(try await found(query).isEmpty, "\(query)") }
    }
}

extension Sample {
    static func act(_ transition: StatusTransition, _ reason: StatusReason) -> StatusAct {
        StatusAct(transition: transition, reason: reason, note: "案卷 12 \"核实\"", actor: "李主任", time: 1_790_000_000)
    }

    static func place(_ key: VersionKey) -> StatusPlace { StatusPlace(list: 1, index: key.certificate.row) }
    static func identity(_ key: VersionKey) -> [UInt8] { [UInt8](repeating: UInt8(key.certificate.row), count: 16) }

    static func change(
        _ key: VersionKey, from: CertificateStatus = .valid, place: StatusPlace? = nil
    ) -> StatusChange {
        StatusChange(key: key, place: place ?? Self.place(key), certificateID: identity(key), from: from)
    }
}

extension Store {
    func statusList(size: Int) async throws -> StatusListRecord {
        try await write { try $0.insertStatusList(size: size, permutationKey: [UInt8](repeating: 7, count: 32)) }
    }

    /// Certificates of these rows, signed.
    func sealed(_ rows: ClosedRange<Int>) async throws -> [VersionKey] {
        let keys = try await insert(rows, into: try await insertBatch())
        try await sign(keys)
        return keys
    }

    fileprivate func statuses(of list: Int) async throws -> [Int: CertificateStatus] {
        try await read {
            var statuses: [Int: CertificateStatus] = [:]
            try $0.forEachStatus(in: list) { statuses[$0] = $1 }
            return statuses
        }
    }
}
