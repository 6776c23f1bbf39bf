import Credential
import Foundation
import Store
import StoreSQLite
import TestSupport
import Testing

/// A way to keep things. Every test of the contract runs once for each driver in ``all``.
struct StoreDriver: Sendable, CustomTestStringConvertible {
    let name: String
    /// Opens what a directory holds, or makes it there.
    ///
    /// - Parameter now: the store's clock, in seconds since 1970.
    let open: @Sendable (_ directory: String, _ now: @escaping @Sendable () -> Int) throws -> any Store

    var testDescription: String { name }

    /// Another driver is one more line here.
    static let all = [
        StoreDriver(name: "SQLite") { try SQLiteStore(path: $0 + "/signet.sqlite", now: $1) },
        StoreDriver(name: "SQLite, each write twice") {
            RepeatingStore(try SQLiteStore(path: $0 + "/signet.sqlite", now: $1))
        },
    ]
}

/// A new store in a directory of its own, which is gone when the store is.
final class TestStore: Store {
    let directory: String
    private let driver: StoreDriver
    private let now: @Sendable () -> Int
    private let base: any Store

    init(_ driver: StoreDriver, now: @escaping @Sendable () -> Int = { 1_790_000_000 }) throws {
        directory = NSTemporaryDirectory() + "signet-store-" + UUID().uuidString
        (self.driver, self.now) = (driver, now)
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        base = try driver.open(directory, now)
    }

    deinit { try? FileManager.default.removeItem(atPath: directory) }

    func read<T: Sendable>(_ body: @escaping @Sendable (any StoreReading) throws -> T) async throws -> T {
        try await base.read(body)
    }

    func write<T: Sendable>(_ body: @escaping @Sendable (any StoreWriting) throws -> T) async throws -> T {
        try await base.write(body)
    }

    func newestSeal(number: CertificateNumber, withPrivateBox: Bool) async throws -> StoredSeal? {
        try await base.newestSeal(number: number, withPrivateBox: withPrivateBox)
    }

    func isNewer() async throws -> Bool { try await base.isNewer() }

    /// The same content as another process would find it.
    func reopened() throws -> any Store { try driver.open(directory, now) }
}
