import Credential
import StatusList
import Store
import TestSupport
import Testing

/// What the record is compared with, for every driver: everything, in orders that do not depend on who asks.
@Suite struct AuditedContract {
    @Test("Certificates and signatures are read whole, in the order of batches and rows", arguments: StoreDriver.all)
    func everything(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batches = [try await store.insertBatch(1), try await store.insertBatch(2)]
        // The later batch first, and rows as they come.
        let later = try await store.insert([9, 7, 8], into: batches[1])
        let earlier = try await store.insert([3, 2], into: batches[0])
        try await store.sign([later[0], earlier[1], earlier[0]])
        let (certificates, seals) = try await store.read { store in
            var certificates: [AuditedCertificate] = []
            var seals: [(UnsignedVersion, [UInt8])] = []
            try store.forEachCertificate { certificates.append($0) }
            try store.forEachSeal { seals.append(($0, $1)) }
            return (certificates, seals.sorted { $0.0.key.certificate < $1.0.key.certificate })
        }
        let rows = [2, 3, 7, 8, 9]
        #expect(certificates.map(\.key.certificate) == (earlier + later).map(\.certificate).sorted())
        #expect(certificates.map(\.content) == rows.map { Sample.certificate($0) })
        #expect(seals.map(\.0.key) == [earlier[1], earlier[0], later[0]])
        #expect(seals.map(\.0.payload) == [2, 3, 9].map { Sample.certificate($0).payload })
        #expect(seals.map(\.1) == seals.map { Sample.signature($0.0.key).signature })
    }

    @Test(
        "Corrections count from their signature on, and the newest version is the signed one",
        arguments: StoreDriver.all)
    func corrections(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let keys = try await store.sealed(2...3)
        let next = UnsignedVersion(
            key: VersionKey(certificate: keys[0].certificate, version: 2), payload: [1, 2], keyID: Sample.keyID)
        let correction = Correction(
            key: next.key, historyBox: [3], person: nil, privateBox: nil, recordBefore: nil, approval: Sample.approval)
        try await store.write {
            let campaign = try $0.insertCampaign(
                name: "name", digest: [4], cause: .corrected, changeBox: [5], approval: Sample.approval,
                replacing: [keys[0]])
            try $0.insert([next], of: campaign.id)
            try $0.save(correction)
        }
        #expect(try await store.read { try $0.appliedCorrections() }.isEmpty)
        #expect(try await store.read { try $0.newestVersion(ofCertificate: keys[0].certificate) }?.key == keys[0])
        try await store.write { try $0.insert([Sample.signature(next.key)]) }
        #expect(try await store.read { try $0.appliedCorrections() } == [correction])
        #expect(try await store.read { try $0.newestVersion(ofCertificate: keys[0].certificate) }?.key == next.key)
        let nobody = CertificateKey(batch: keys[0].certificate.batch, row: 99)
        #expect(try await store.read { try $0.newestVersion(ofCertificate: nobody) } == nil)
    }
}
