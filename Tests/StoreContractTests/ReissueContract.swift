import Credential
import StatusList
import Store
import Testing

/// Campaigns, the versions that they prepare, and corrections, for every driver.
@Suite struct ReissueContract {
    private static let digest = [UInt8](repeating: 5, count: 32)

    /// Four signed certificates, and a campaign over the first three.
    private func scene(_ driver: StoreDriver) async throws -> (store: TestStore, keys: [VersionKey], campaign: Campaign)
    {
        let store = try TestStore(driver)
        let keys = try await store.insert(2...5, into: try await store.insertBatch())
        try await store.sign(keys)
        let campaign = try await store.write {
            try $0.insertCampaign(
                name: "更名", digest: Self.digest, cause: .reissued, changeBox: [1, 2, 3], approval: Sample.approval,
                // In no order.
                replacing: [keys[2], keys[0], keys[1]])
        }
        return (store, keys, campaign)
    }

    @Test("A campaign is found by its name, which is taken once, with its members in order", arguments: StoreDriver.all)
    func campaigns(driver: StoreDriver) async throws {
        let (store, keys, campaign) = try await scene(driver)
        #expect(campaign.name == "更名" && campaign.changeBox == [1, 2, 3] && campaign.approval == Sample.approval)
        #expect(try await store.reopened().read { try $0.campaign(named: "更名") } == campaign)
        #expect(try await store.read { try $0.campaigns() } == [campaign])
        #expect(try await store.read { try $0.campaign(named: "other") } == nil)
        #expect(try await store.read { try $0.members(of: campaign.id) } == Array(keys[0...2]))
        await #expect(throws: StoreError.conflict) {
            try await store.write {
                _ = try $0.insertCampaign(
                    name: "更名", digest: Self.digest, cause: .reissued, changeBox: [], approval: Sample.approval,
                    replacing: [])
            }
        }
        await #expect(throws: StoreError.self) {
            try await store.write {
                _ = try $0.insertCampaign(
                    name: "nobody", digest: Self.digest, cause: .reissued, changeBox: [], approval: Sample.approval,
                    replacing: [VersionKey(certificate: CertificateKey(batch: BatchID(0), row: 1), version: 1)])
            }
        }
        try await store.write { try $0.setPaused(campaign.id, at: 77) }
        #expect(try await store.read { try $0.campaigns() }.map(\.pausedAt) == [77])
        try await store.write { try $0.setPaused(campaign.id, at: nil) }
        #expect(try await store.read { try $0.campaigns() }.map(\.pausedAt) == [nil])
    }

    @Test("From waiting to prepared, signed and passed over, each member once", arguments: StoreDriver.all)
    func progress(driver: StoreDriver) async throws {
        let (store, keys, campaign) = try await scene(driver)
        func progress() async throws -> [Int] {
            let progress = try await store.read { try $0.progress(of: campaign.id) }
            return [progress.total, progress.prepared, progress.sealed, progress.passedOver]
        }
        #expect(try await progress() == [3, 0, 0, 0])
        #expect(
            try await store.read { try $0.waitingVersions(of: campaign.id, after: nil, limit: 2) }.map(\.key)
                == Array(keys[0...1]))
        let next = keys.map(Sample.replacement)
        try await store.write { try $0.insert(Array(next[0...1]), of: campaign.id) }
        #expect(try await progress() == [3, 2, 0, 0])
        #expect(
            try await store.read { try $0.waitingVersions(of: campaign.id, after: nil, limit: 9) }.map(\.key) == [
                keys[2]
            ]
        )
        let last = keys[2].certificate
        #expect(try await store.read { try $0.waitingVersions(of: campaign.id, after: last, limit: 9) }.isEmpty)
        #expect(try await store.read { try $0.unsignedReplacements(of: campaign.id, limit: 9) } == Array(next[0...1]))
        // Prepared already, of no member, and of a version that is not the next.
        let skipped = UnsignedVersion(
            key: VersionKey(certificate: keys[2].certificate, version: 3), payload: [1], keyID: Sample.keyID)
        for wrong in [next[0], next[3], skipped] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.insert([next[2], wrong], of: campaign.id) }
            }
        }
        #expect(try await progress() == [3, 2, 0, 0])
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.complete(campaign.id, at: 9) } }

        try await store.sign([next[0].key])
        #expect(try await progress() == [3, 2, 1, 0])
        #expect(try await store.read { try $0.sealedVersion(next[0].key) }?.payload == next[0].payload)
        #expect(try await store.read { try $0.sealedVersion(next[1].key) } == nil)
        // One that was prepared, and one that was not.
        try await store.write { try $0.passOver([keys[1].certificate, keys[2].certificate], in: campaign.id) }
        #expect(try await progress() == [3, 1, 1, 2])
        #expect(try await store.read { try $0.unsignedReplacements(of: campaign.id, limit: 9) }.isEmpty)
        try await store.write { try $0.complete(campaign.id, at: 9) }
        try await store.write { try $0.complete(campaign.id, at: 10) }
        #expect(try await store.read { try $0.campaigns() }.map(\.completedAt) == [9])
        // All that was prepared, whatever became of it.
        let prepared = try await store.read { store in
            var prepared: [UnsignedVersion] = []
            try store.forEachReplacement(of: campaign.id) { version, correction in
                #expect(correction == nil)
                prepared.append(version)
            }
            return prepared
        }
        #expect(prepared == Array(next[0...1]))
        let counts = try await store.read { try $0.replacementCounts() }
        #expect(counts.versions == 2 && counts.corrections == 0)
    }

    @Test("A correction takes effect when it is applied, and is kept with its version", arguments: StoreDriver.all)
    func corrections(driver: StoreDriver) async throws {
        let (store, keys, campaign) = try await scene(driver)
        let next = Sample.replacement(keys[0])
        let correction = Correction(
            key: next.key, historyBox: [7, 7], person: [UInt8](repeating: 8, count: 16), privateBox: [9, 9],
            recordBefore: [6, 6], approval: Sample.approval)
        await #expect(throws: StoreError.self) { try await store.write { try $0.save(correction) } }
        try await store.write {
            try $0.insert([next], of: campaign.id)
            try $0.save(correction)
        }
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.save(correction) } }
        try await store.sign([next.key])
        let before = try await store.read { try $0.sealedVersion(next.key)?.privateBox }
        try await store.write { try $0.applyCorrections(of: [next.key]) }
        #expect(try await store.read { try $0.sealedVersion(next.key)?.privateBox } == [9, 9] && before != [9, 9])
        #expect(try await store.read { try $0.corrections(of: keys[0].certificate) } == [correction])
        #expect(try await store.read { try $0.corrections(of: keys[1].certificate) }.isEmpty)
        let holding = Holding(person: correction.person ?? [], occupationCode: "4-02-06-03", level: .seniorWorker)
        #expect(try await store.read { try $0.isHeld(holding) && !$0.isHeld(Sample.holding(2)) })
        try await store.read { store in
            try store.forEachReplacement(of: campaign.id) { #expect($0 == next && $1 == correction) }
        }
        #expect(try await store.read { try $0.replacementCounts().corrections } == 1)
    }

    @Test("Everything that the log speaks of is read in one order", arguments: StoreDriver.all)
    func audited(driver: StoreDriver) async throws {
        let (store, keys, campaign) = try await scene(driver)
        let next = Sample.replacement(keys[1])
        _ = try await store.write {
            try $0.insertStatusList(size: 16, permutationKey: [UInt8](repeating: 7, count: 32))
        }
        try await store.write { transaction in
            try transaction.insert([next], of: campaign.id)
            try transaction.record(
                Sample.act(.suspend, .underInvestigation), keys[0...1].reversed().map { Sample.change($0) })
            try transaction.record(
                Sample.act(.revoke, .misconduct), [Sample.change(keys[0], from: .suspended)])
        }
        let acts = try await store.read { try $0.statusActs() }
        #expect(acts.map(\.act.transition) == [.suspend, .revoke] && acts[0].number < acts[1].number)
        let (versions, changes) = try await store.read { store in
            var (versions, changes): ([VersionKey], [String]) = ([], [])
            try store.forEachVersion { key, payload in
                #expect(key.certificate.batch == BatchID(1) && !payload.isEmpty)
                versions.append(key)
            }
            try store.forEachStatusChange { key, payload, number in
                #expect(!payload.isEmpty)
                changes.append("\(keys.firstIndex(of: key) ?? -1) \(acts.firstIndex { $0.number == number } ?? -1)")
            }
            return (versions, changes)
        }
        #expect(versions == [keys[0], keys[1], next.key, keys[2], keys[3]])
        #expect(changes == ["0 0", "0 1", "1 0"])
    }
}

extension Sample {
    fileprivate static func replacement(_ key: VersionKey) -> UnsignedVersion {
        UnsignedVersion(
            key: VersionKey(certificate: key.certificate, version: key.version + 1),
            payload: Array("next \(key.certificate)".utf8), keyID: keyID)
    }
}
