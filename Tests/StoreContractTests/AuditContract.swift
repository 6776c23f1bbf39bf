import AuditLog
import Credential
import Errors
import StatusList
import Store
import Testing

/// The log of acts, and how it goes on after a restore, for every driver.
@Suite struct AuditContract {
    @Test("Acts stand in a chain, page by page, and are undone with what they were part of", arguments: StoreDriver.all)
    func chain(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        #expect(try await store.read { try $0.lastAuditEntry() } == nil)
        for time in 1...5 { try await store.write { _ = try $0.append(Sample.act(time)) } }
        await #expect(throws: StoreError.conflict) {
            try await store.write {
                _ = try $0.append(Sample.act(6))
                try $0.setNextSerial(0, in: "Y263")
            }
        }
        let entries = try await store.reopened().read { try $0.auditEntries(after: 0, limit: 9) }
        #expect(entries.map(\.sequence) == [1, 2, 3, 4, 5] && entries.map(\.act) == (1...5).map(Sample.act))
        var chain = try AuditChain(checkpoints: [])
        for entry in entries { try chain.add(entry) }
        #expect(try chain.finish() == entries.last)
        #expect(try await store.read { try $0.auditEntries(after: 2, limit: 2) } == Array(entries[2...3]))
        #expect(try await store.read { try $0.auditEntries(after: 5, limit: 2) }.isEmpty)
        #expect(try await store.read { try $0.lastAuditEntry() } == entries.last)
    }

    @Test("Marks name the first serial of each series that was never used", arguments: StoreDriver.all)
    func marks(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        #expect(try await store.read { try $0.serialMarks() }.isEmpty)
        try await store.write {
            try $0.setNextSerial(7, in: "Y263")
            try $0.setNextSerial(3, in: "Y264")
        }
        #expect(try await store.read { try $0.serialMarks() } == ["Y263": 7, "Y264": 3])
    }

    @Test(
        "After lost acts the log goes on behind the checkpoint, and only when it names the last act that is here",
        arguments: StoreDriver.all)
    func resuming(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let last = try await store.write { try $0.append(Sample.act(1)) }
        let checkpoint = AuditCheckpoint(sequence: 9, hash: [UInt8](repeating: 9, count: 32), time: 9)
        for wrong in [[], [UInt8](repeating: 1, count: 32)] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.append(Sample.restore(after: wrong), resumingAfter: checkpoint) }
            }
        }
        let old = AuditCheckpoint(sequence: 1, hash: last.hash, time: 1)
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.append(Sample.restore(after: last.hash), resumingAfter: old) }
        }
        try await store.write { try $0.append(Sample.restore(after: last.hash), resumingAfter: checkpoint) }
        let next = try await store.write { try $0.append(Sample.act(11)) }
        let entries = try await store.read { try $0.auditEntries(after: 0, limit: 9) }
        #expect(entries.map(\.sequence) == [1, 10, 11] && entries[1].previous == checkpoint.hash)
        #expect(next.previous == entries[1].hash)
        var chain = try AuditChain(checkpoints: [checkpoint.declaringLost(from: 2, at: 9)])
        for entry in entries { try chain.add(entry) }
        #expect(chain.losses.map(\.acts) == [2...9])
        // The control: the same entries, which nobody declared lost outside.
        var undeclared = try AuditChain(checkpoints: [checkpoint])
        try undeclared.add(entries[0])
        #expect(throws: AuditProblem(.missing, zh: "", en: "")) { try undeclared.add(entries[1]) }
    }

    @Test("Trust lists are kept as published, each under its sequence once", arguments: StoreDriver.all)
    func trustLists(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        #expect(try await store.read { try $0.lastTrustListSequence() } == 0)
        #expect(try await store.read { try $0.trustList(sequence: nil) } == nil)
        for (last, sequence, jws) in [(0, 1, "a"), (1, 4, "b")] {
            try await store.write { try $0.saveTrustList(jws, sequence: sequence, after: last) }
        }
        // Again, on what is no longer the newest, and downwards.
        for (last, sequence) in [(4, 4), (1, 5), (4, 3)] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.saveTrustList("c", sequence: sequence, after: last) }
            }
        }
        #expect(try await store.read { try $0.lastTrustListSequence() } == 4)
        #expect(try await store.read { try $0.trustList(sequence: nil) } == "b")
        #expect(try await store.read { try $0.trustList(sequence: 1) } == "a")
        #expect(try await store.read { try $0.trustList(sequence: 2) } == nil)
    }

    @Test(
        "What was kept at a restore is part of its list, and never in a certificate's place", arguments: StoreDriver.all
    )
    func kept(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await store.insert(2...3, into: try await store.insertBatch())
        try await store.sign(keys)
        let key = [UInt8](repeating: 7, count: 32)
        _ = try await store.write { try $0.insertStatusList(size: 16, permutationKey: key) }
        try await store.write { try $0.record(Sample.act(.revoke, .misconduct), [Sample.change(keys[0])]) }
        let kept = [(9, CertificateStatus.suspended), (8, .revoked)].map {
            KeptStatus(place: StatusPlace(list: 1, index: $0.0), status: $0.1)
        }
        try await store.write { try $0.keep(kept) }
        try await store.write { try $0.keep([KeptStatus(place: kept[0].place, status: .revoked)]) }
        let places = [Sample.place(keys[0]), StatusPlace(list: 1, index: 16), StatusPlace(list: 2, index: 1)]
        for place in places {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.keep([KeptStatus(place: place, status: .revoked)]) }
            }
        }
        let statuses = try await store.reopened().read { store in
            var statuses: [Int: CertificateStatus] = [:]
            try store.forEachStatus(in: 1) { statuses[$0] = $1 }
            return statuses
        }
        #expect(statuses == [2: .revoked, 8: .revoked, 9: .revoked])
        #expect(try await store.read { try $0.keptStatuses() }.map(\.place.index) == [8, 9])
        #expect(try await store.read { try $0.statusEntry(at: kept[0].place) } == nil)
        #expect(try await store.read { try $0.statusLists() }.map(\.changes) == [3])
    }
}

extension Sample {
    fileprivate static func act(_ time: Int) -> AuditAct {
        AuditAct(
            .rowSettled, actor: "李主任", subject: [.row: .number(time), .rule: .text("甲 \"/\"")], digest: [UInt8(time)],
            reason: "已核 \"实\"", time: time)
    }

    fileprivate static func restore(after hash: [UInt8]) -> AuditAct {
        AuditAct(.restoreAccepted, actor: "t", subject: [.firstLost: .number(2)], digest: hash, time: 10)
    }
}
