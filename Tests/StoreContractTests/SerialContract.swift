import Store
import Testing

/// Serial numbers, for every driver.
@Suite struct SerialContract {
    @Test("A series starts at 1, goes only up, and knows nothing of other series", arguments: StoreDriver.all)
    func serials(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        func next(_ series: String) async throws -> Int { try await store.read { try $0.nextSerial(in: series) } }
        #expect(try await next("Y263") == 1)
        try await store.write { try $0.setNextSerial(1, in: "Y263") }
        try await store.write { try $0.setNextSerial(501, in: "Y263") }
        #expect(try await next("Y263") == 501)
        try await store.write { try $0.setNextSerial(501, in: "Y263") }
        for lower in [500, 1, 0, -1] {
            await #expect(throws: StoreError.conflict) {
                try await store.write { try $0.setNextSerial(lower, in: "Y263") }
            }
        }
        #expect(try await next("Y263") == 501)
        #expect(try await next("Y264") == 1)
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.setNextSerial(0, in: "Y264") } }
    }

    @Test("Serials are taken as ranges that follow one another", arguments: StoreDriver.all)
    func ranges(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let taken = try await store.write { store in
            try [5, 0, 1].map { try store.takeSerials($0, in: "Y263") } + [store.takeSerials(2, in: "Y264")]
        }
        #expect(taken == [1..<6, 6..<6, 6..<7, 1..<3])
        #expect(try await store.read { try $0.nextSerial(in: "Y263") } == 7)
    }

    @Test("Serials taken by a write that fails are free again", arguments: StoreDriver.all)
    func returned(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        await #expect(throws: Interruption.self) {
            try await store.write {
                try $0.setNextSerial(100, in: "Y263")
                #expect(try $0.nextSerial(in: "Y263") == 100)
                throw Interruption()
            }
        }
        #expect(try await store.read { try $0.nextSerial(in: "Y263") } == 1)
    }

    @Test("Writers at once lose no serial and share none", arguments: StoreDriver.all)
    func concurrent(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let taken = try await withThrowingTaskGroup(of: [Int].self) { group in
            for _ in 0..<8 {
                group.addTask {
                    var taken: [Int] = []
                    for _ in 0..<50 {
                        taken.append(
                            try await store.write {
                                let serials = try $0.takeSerials(1, in: "Y263")
                                return serials.lowerBound
                            })
                    }
                    return taken
                }
            }
            return try await group.reduce(into: []) { $0 += $1 }
        }
        #expect(taken.sorted() == Array(1...400))
        #expect(try await store.read { try $0.nextSerial(in: "Y263") } == 401)
    }

    @Test(
        "Control: reading and writing apart, as the tests above must not, does share serials",
        arguments: StoreDriver.all)
    func apart(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let one = try await store.read { try $0.nextSerial(in: "Y263") }
        let other = try await store.read { try $0.nextSerial(in: "Y263") }
        for serial in [one, other] { try await store.write { try $0.setNextSerial(serial + 1, in: "Y263") } }
        #expect(try await store.read { try $0.nextSerial(in: "Y263") } == 2)
    }
}

/// What a body throws when it gives up on its own account.
struct Interruption: Error {}
