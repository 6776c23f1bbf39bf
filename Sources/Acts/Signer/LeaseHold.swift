import Errors
import Store

/// Holds a lease while something is done under it, and lets go of both when it cannot be held.
struct LeaseHold: Sendable {
    let store: any Store
    let lease: Lease

    /// - Returns: nil when the lease was lost meanwhile, or could not be extended.
    func during<T: Sendable>(_ body: @escaping @Sendable () async throws -> T) async throws -> T? {
        try await withThrowingTaskGroup(of: T?.self) { group in
            group.addTask { try await body() }
            group.addTask {
                try await keep()
                return nil
            }
            defer { group.cancelAll() }
            return try await group.next() ?? nil
        }
    }

    /// Returns when it is held no more.
    private func keep() async throws {
        var extendedAt = ContinuousClock.now
        while extendedAt.duration(to: .now) < .seconds(Lease.giveUpSeconds) {
            try await Task.sleep(for: .seconds(1))
            let start = ContinuousClock.now
            guard extendedAt.duration(to: start) >= .seconds(Lease.renewalSeconds) else { continue }
            do {
                _ = try await store.write { [lease] in try $0.extend(lease, seconds: Lease.seconds) }
                extendedAt = start
            } catch let error as StoreError where error.code == .conflict { return } catch is StoreError { continue }
        }
    }
}
