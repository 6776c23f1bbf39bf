import Credential
import Store
import TestSupport
import Testing

/// What is shown once it is signed, for every driver.
@Suite struct SealedContract {
    @Test("A signed version is shown whole", arguments: StoreDriver.all)
    func whole(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let key = try #require(try await store.insert([7], into: batch).first)
        try await store.sign([key])
        let certificate = Sample.certificate(7)
        let expected = SealedVersion(
            key: key, number: certificate.number, payload: certificate.payload,
            keyID: certificate.keyID, signature: Sample.signature(key).signature, privateBox: certificate.privateBox)
        #expect(try await store.read { try $0.sealedVersions(of: batch.id, after: nil, limit: 9) } == [expected])
        #expect(try await store.read { try $0.sealedVersions(of: nil, after: nil, limit: 9) } == [expected])
        #expect(try await store.read { try $0.sealedVersions(number: certificate.number) } == [expected])
        #expect(try await store.read { try $0.sealedVersions(number: Sample.number(8)) }.isEmpty)
        for (withPrivateBox, box) in [(true, certificate.privateBox), (false, nil)] {
            let seal = StoredSeal(
                payload: expected.payload, keyID: expected.keyID, signature: expected.signature, privateBox: box)
            #expect(
                try await store.newestSeal(number: certificate.number, withPrivateBox: withPrivateBox) == seal)
            #expect(try await store.newestSeal(number: Sample.number(8), withPrivateBox: withPrivateBox) == nil)
        }
    }

    @Test(
        "The newest version is known as soon as it is written, to however many ask at once", arguments: StoreDriver.all)
    func newestAtOnce(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let keys = try await store.insert(0..<40, into: batch)
        try await withThrowingTaskGroup { group in
            for row in 0..<40 {
                group.addTask {
                    #expect(try await store.newestSeal(number: Sample.number(row), withPrivateBox: false) == nil)
                    try await store.sign([keys[row]])
                    let seal = try await store.newestSeal(number: Sample.number(row), withPrivateBox: false)
                    #expect(seal?.signature == Sample.signature(keys[row]).signature)
                }
            }
            try await group.waitForAll()
        }
    }

    @Test("Values of any size are kept as they are", arguments: StoreDriver.all)
    func anySize(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let sizes = [(0, 1), (1900, 1900), (2048, 2049), (70_000, 3), (120, 250)]
        let certificates = sizes.enumerated().map {
            Sample.certificate($0.offset, boxCount: $0.element.0, payloadCount: $0.element.1)
        }
        let keys = try await store.write { try $0.insert(certificates, into: batch.id) }
        try await store.sign(keys)
        let shown = try await store.read { try $0.sealedVersions(of: batch.id, after: nil, limit: 9) }
        #expect(shown.map(\.privateBox) == certificates.map(\.privateBox))
        #expect(shown.map(\.payload) == certificates.map(\.payload))
    }

    @Test("A version takes one signature, and a refused second changes nothing", arguments: StoreDriver.all)
    func once(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let keys = try await store.insert(2...3, into: batch)
        try await store.sign([keys[0]])
        let second = VersionSignature(key: keys[0], signature: [UInt8](repeating: 0xFF, count: 64))
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.insert([Sample.signature(keys[1]), second]) }
        }
        let shown = try await store.read { try $0.sealedVersions(of: batch.id, after: nil, limit: 9) }
        #expect(shown.map(\.key) == [keys[0]])
        #expect(shown.map(\.signature) == [Sample.signature(keys[0]).signature])
        try await store.sign([keys[1]])
    }

    @Test("Whatever is signed in whatever order, exactly that is shown", arguments: StoreDriver.all)
    func onlySigned(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let keys = try await store.insert(2..<22, into: batch)
        let numbers = Dictionary(uniqueKeysWithValues: zip(keys, (2..<22).map(Sample.number)))
        var generator = SeededGenerator(seed: 5)
        var signed: Set<VersionKey> = []
        for key in keys.shuffled(using: &generator) {
            let shown = try await store.read { try $0.sealedVersions(of: nil, after: nil, limit: 99) }
            #expect(shown.map(\.key) == keys.filter(signed.contains))
            let waiting = try await store.read { try $0.unsignedVersions(of: batch.id, limit: 99) }
            #expect(waiting.map(\.key) == keys.filter { !signed.contains($0) })
            let number = try #require(numbers[key])
            #expect(try await store.read { try $0.sealedVersions(number: number) }.isEmpty)
            try await store.sign([key])
            signed.insert(key)
            #expect(try await store.read { try $0.sealedVersions(number: number) }.map(\.key) == [key])
        }
    }

    @Test(
        "Pages follow one another without a gap or a repetition, by batch and then by row",
        arguments: StoreDriver.all)
    func pages(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let first = try await store.insertBatch(1)
        let second = try await store.insertBatch(2)
        // Later rows first, and batches in turn, as workers might.
        for (batch, rows) in [(second, 20...24), (first, 6...9), (first, 0...5), (second, 10...13)] {
            try await store.sign(try await store.insert(rows, into: batch))
        }
        func rows(of batch: Batch?, pageSize: Int) async throws -> [Int] {
            var rows: [Int] = []
            var last: VersionKey?
            while true {
                let after = last
                let page = try await store.read {
                    try $0.sealedVersions(of: batch?.id, after: after, limit: pageSize)
                }
                guard let end = page.last, rows.count < 100 else { return rows }
                #expect(page.count <= pageSize)
                rows += page.map(\.sheetRow)
                last = end.key
            }
        }
        for pageSize in [1, 3, 10, 100] {
            #expect(try await rows(of: first, pageSize: pageSize) == Array(0...9))
            #expect(try await rows(of: second, pageSize: pageSize) == Array(10...13) + Array(20...24))
            #expect(try await rows(of: nil, pageSize: pageSize) == Array(0...13) + Array(20...24))
        }
        #expect(try await store.read { try $0.sealedVersions(of: first.id, after: nil, limit: 0) }.isEmpty)
    }
}
