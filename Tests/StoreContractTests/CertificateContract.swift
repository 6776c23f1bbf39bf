import Credential
import Errors
import Store
import Testing

/// Certificates on their way to a signature, for every driver.
@Suite struct CertificateContract {
    @Test("Each certificate gets its key, in the order given", arguments: StoreDriver.all)
    func keys(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let rows = [5, 2, 9]
        let keys = try await store.insert(rows, into: batch)
        #expect(Set(keys).count == 3)
        #expect(keys.allSatisfy { $0.version == 1 })
        try await store.sign(keys)
        let sealed = try await store.read { try $0.sealedVersions(of: batch.id, after: nil, limit: 10) }
        let rowsByKey = Dictionary(uniqueKeysWithValues: sealed.map { ($0.key, $0.sheetRow) })
        #expect(keys.map { rowsByKey[$0] } == rows)
        #expect(try await store.insert([], into: batch).isEmpty)
    }

    @Test("A number, a holding or a row is taken once, and a refused write leaves nothing", arguments: StoreDriver.all)
    func taken(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1)
        let other = try await store.insertBatch(2)
        try await store.insert([2], into: batch)
        let refused = [
            (batch, Sample.certificate(4, number: 2)), (other, Sample.certificate(4, number: 2)),
            (batch, Sample.certificate(4, holding: 2)), (other, Sample.certificate(4, holding: 2)),
            (batch, Sample.certificate(2, number: 4, holding: 4)),
        ]
        for (batch, certificate) in refused {
            await #expect(throws: StoreError.conflict) {
                try await store.write { _ = try $0.insert([Sample.certificate(3), certificate], into: batch.id) }
            }
            #expect(try await store.read { try !$0.isHeld(Sample.holding(3)) && !$0.isHeld(Sample.holding(4)) })
        }
        #expect(try await store.read { try $0.progress(of: batch.id) }.prepared == 1)
        #expect(try await store.read { try $0.progress(of: other.id) }.prepared == 0)
        // The control: what was refused beside the duplicates goes in without them, and a row of
        // another batch is another row.
        let row = Sample.certificate(2, number: 5, holding: 5)
        try await store.write {
            _ = try $0.insert([Sample.certificate(3), Sample.certificate(4), row], into: other.id)
        }
    }

    @Test("A conflict does not repeat what it refused", arguments: StoreDriver.all)
    func silentConflict(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        try await store.insert([2], into: batch)
        let error = await #expect(throws: StoreError.self) {
            try await store.write { _ = try $0.insert([Sample.certificate(3, number: 2)], into: batch.id) }
        }
        for secret in [Sample.number(2).text, "person", "box", "payload"] {
            #expect(error.map { "\($0) \($0.words)" }?.contains(secret) == false)
        }
    }

    @Test("A holding is the person, occupation and level together", arguments: StoreDriver.all)
    func holdings(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let held = Sample.holding(2)
        #expect(try await store.read { try !$0.isHeld(held) })
        try await store.insert([2], into: batch)
        #expect(try await store.read { try $0.isHeld(held) })
        let others = [
            Sample.holding(3), Sample.holding(2, level: .chiefTechnician),
            Holding(person: held.person, occupationCode: "4-02-06-04", level: held.level),
            Holding(person: Array(held.person.dropLast()), occupationCode: held.occupationCode, level: held.level),
        ]
        for other in others { #expect(try await store.read { try !$0.isHeld(other) }) }
        #expect(try await store.read { try $0.held(others + [held, others[0], held]) } == [4, 6])
        #expect(try await store.read { try $0.held([]) }.isEmpty)
    }

    @Test(
        "Unsigned versions come in row order, no more than asked for, with their exact bytes",
        arguments: StoreDriver.all)
    func unsigned(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch(1)
        let other = try await store.insertBatch(2)
        let keys = try await store.insert(2...6, into: batch)
        try await store.insert([10], into: other)
        func unsigned(_ limit: Int) async throws -> [UnsignedVersion] {
            try await store.read { try $0.unsignedVersions(of: batch.id, limit: limit) }
        }
        let expected = zip(keys, 2...6).map { key, row in
            UnsignedVersion(key: key, payload: Sample.certificate(row).payload, keyID: Sample.keyID)
        }
        #expect(try await unsigned(100) == expected)
        #expect(try await unsigned(2) == Array(expected.prefix(2)))
        #expect(try await unsigned(0).isEmpty)
        try await store.sign([keys[0], keys[3]])
        #expect(try await unsigned(100) == [expected[1], expected[2], expected[4]])
    }

    @Test("Empty bytes are kept as empty bytes", arguments: StoreDriver.all)
    func emptyBytes(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let bare = NewCertificate(
            sheetRow: 0, number: Sample.number(1), holding: Sample.holding(1), privateBox: [], payload: [], keyID: [])
        let keys = try await store.write { try $0.insert([bare], into: batch.id) }
        try await store.sign(keys)
        let sealed = try await store.read { try $0.sealedVersions(number: bare.number) }
        #expect(sealed.map(\.privateBox) == [[]])
        #expect(sealed.map(\.payload) == [[]])
    }

    @Test("A row beyond what a batch can hold is refused, not folded into another", arguments: StoreDriver.all)
    func impossibleRow(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        for row in [-1, 1 << 40, .max, .min] {
            var certificate = Sample.certificate(3)
            certificate = NewCertificate(
                sheetRow: row, number: certificate.number, holding: certificate.holding,
                privateBox: certificate.privateBox, payload: certificate.payload, keyID: certificate.keyID)
            let refused = certificate
            await #expect(throws: StoreError.self) {
                try await store.write { _ = try $0.insert([refused], into: batch.id) }
            }
        }
        #expect(try await store.read { try $0.progress(of: batch.id) }.prepared == 0)
    }
}
