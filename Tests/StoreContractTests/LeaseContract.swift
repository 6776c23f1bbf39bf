import Errors
import Store
import Synchronization
import TestSupport
import Testing

/// A clock that goes on when the test says so.
private final class HandClock: Sendable {
    private let seconds = Mutex(1_000)
    var now: Int { seconds.withLock { $0 } }
    func go(_ more: Int) { seconds.withLock { $0 += more } }
}

/// One owner at a time, for every driver.
@Suite struct LeaseContract {
    private func scene(_ driver: StoreDriver) throws -> (TestStore, HandClock) {
        let clock = HandClock()
        return (try TestStore(driver) { clock.now }, clock)
    }

    @Test("A lease is one owner's until it ends by the store's clock", arguments: StoreDriver.all)
    func owners(driver: StoreDriver) async throws {
        let (store, clock) = try scene(driver)
        #expect(try await store.read { try $0.lease("publisher") } == nil)
        let first = try #require(try await store.write { try $0.takeLease("publisher", by: "a", seconds: 60) })
        #expect(first == Lease(name: "publisher", owner: "a", fence: 1, endsAt: 1_060))
        clock.go(59)
        #expect(try await store.write { try $0.takeLease("publisher", by: "b", seconds: 60) } == nil)
        // What is done alone elsewhere is another lease.
        #expect(try await store.write { try $0.takeLease("other", by: "b", seconds: 60) }?.fence == 1)
        clock.go(1)
        let second = try #require(try await store.write { try $0.takeLease("publisher", by: "b", seconds: 60) })
        #expect(second.owner == "b" && second.fence == 2 && second.endsAt == 1_120)
        #expect(try await store.reopened().read { try $0.lease("publisher") } == second)
    }

    @Test(
        "What an earlier owner still sends is refused, with all that is written beside it", arguments: StoreDriver.all)
    func fence(driver: StoreDriver) async throws {
        let (store, clock) = try scene(driver)
        let late = try #require(try await store.write { try $0.takeLease("publisher", by: "a", seconds: 60) })
        try await store.write {
            try $0.requireHeld(late)
            try $0.setNextSerial(2, in: "A")
        }
        clock.go(60)
        let new = try #require(try await store.write { try $0.takeLease("publisher", by: "b", seconds: 60) })
        await #expect(throws: StoreError.conflict) {
            try await store.write {
                try $0.setNextSerial(9, in: "A")
                try $0.requireHeld(late)
            }
        }
        await #expect(throws: StoreError.conflict) {
            try await store.write { _ = try $0.extend(late, seconds: 60) }
        }
        try await store.write { try $0.release(late) }
        #expect(try await store.read { try $0.nextSerial(in: "A") } == 2)
        // The control: the new owner's is held all the while.
        try await store.write { try $0.requireHeld(new) }
    }

    @Test("An owner extends it, ends it, and does not go on with one that has ended", arguments: StoreDriver.all)
    func renewal(driver: StoreDriver) async throws {
        let (store, clock) = try scene(driver)
        let first = try #require(try await store.write { try $0.takeLease("part 3", by: "a", seconds: 60) })
        clock.go(20)
        let extended = try await store.write { try $0.extend(first, seconds: 60) }
        #expect(extended.fence == first.fence && extended.endsAt == 1_080)
        clock.go(59)
        try await store.write { try $0.requireHeld(first) }
        clock.go(1)
        // Nobody else has it, and still it has ended.
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.requireHeld(extended) } }
        await #expect(throws: StoreError.conflict) {
            try await store.write { _ = try $0.extend(extended, seconds: 60) }
        }
        let again = try #require(try await store.write { try $0.takeLease("part 3", by: "a", seconds: 60) })
        #expect(again.fence == 2)
        try await store.write { try $0.release(again) }
        #expect(try await store.write { try $0.takeLease("part 3", by: "b", seconds: 60) }?.fence == 3)
    }

    @Test("Of many who take it at once one gets it", arguments: StoreDriver.all)
    func race(driver: StoreDriver) async throws {
        let (store, _) = try scene(driver)
        let taken = try await withThrowingTaskGroup(of: Lease?.self) { group in
            for owner in 0..<8 {
                group.addTask { try await store.write { try $0.takeLease("role", by: "\(owner)", seconds: 60) } }
            }
            return try await group.reduce(into: [Lease]()) { if let lease = $1 { $0.append(lease) } }
        }
        #expect(taken.count == 1)
        #expect(try await store.read { try $0.lease("role") } == taken.first)
    }
}
