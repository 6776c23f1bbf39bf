import Credential
import Errors
import Foundation
import GRDB
import Store
import StoreSQLite
import TestSupport
import Testing

/// What SQLite's file may be when it is opened, and how it is set up.
@Suite struct SQLiteFileTests {
    private let directory: TemporaryDirectory
    private var path: String { directory.path + "/signet.sqlite" }

    init() throws { directory = try TemporaryDirectory() }

    @Test("The writer waits for the disk, the file is in WAL mode; GRDB's own setting is the control")
    func settings() async throws {
        let store = try SQLiteStore(path: path)
        #expect(try await store.synchronousLevel() == 2)
        let file = try DatabaseQueue(path: path)
        #expect(try await file.read { try String.fetchOne($0, sql: "PRAGMA journal_mode") } == "wal")
        let control = try DatabasePool(path: directory.path + "/control.sqlite")
        #expect(try await control.writeWithoutTransaction { try Int.fetchOne($0, sql: "PRAGMA synchronous") } == 1)
    }

    @Test("Nobody but its owner reads the file, its logs and its copies")
    func modes() async throws {
        let store = try SQLiteStore(path: path)
        try await store.write { try $0.setNextSerial(5, in: "A") }
        let copy = directory.path + "/copy.sqlite"
        try store.backup(to: copy)
        for file in [path, path + "-wal", path + "-shm", copy] {
            let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
            #expect(mode == 0o600, "\(file.suffix(12))")
        }
    }

    @Test("A file that is no database is damaged, and stays as it was")
    func notADatabase() throws {
        let content = Data("这不是数据库。".utf8) + Data(repeating: 0x2A, count: 5000)
        try content.write(to: URL(filePath: path))
        #expect(throws: StoreError(.damaged, zh: "", en: "")) { try SQLiteStore(path: path) }
        #expect(try Data(contentsOf: URL(filePath: path)) == content)
        // The control: an empty file is a database that has nothing yet.
        try Data().write(to: URL(filePath: path))
        #expect(throws: Never.self) { try SQLiteStore(path: path) }
    }

    @Test("A page that was overwritten is damage, never other content")
    func overwrittenPages() async throws {
        let whole = try await databaseFile()
        // The file's header has the size of a page in bytes 16 and 17.
        let pageSize = Int(whole[16]) << 8 | Int(whole[17])
        let control = try await SQLiteStore(path: path).read { try Inventory($0) }
        #expect(control.unsigned.count == 30)
        var damageCount = 0
        for page in 1..<(whole.count / pageSize) {
            let path = directory.path + "/page-\(page).sqlite"
            var content = whole
            content.replaceSubrange(
                page * pageSize..<(page + 1) * pageSize, with: Data(repeating: 0xFF, count: pageSize))
            try content.write(to: URL(filePath: path))
            do {
                let found = try await SQLiteStore(path: path).read { try Inventory($0) }
                // Then the page held nothing that is shown, such as an index.
                #expect(found.batches.count == 1 && found.unsigned.count == 30, "page \(page)")
            } catch {
                #expect(error as? StoreError == StoreError(.damaged, zh: "", en: ""), "page \(page): \(error)")
                damageCount += 1
            }
        }
        #expect(damageCount > 5)
    }

    /// The bytes of a database with a batch of 30 certificates.
    private func databaseFile() async throws -> Data {
        let store = try TestStore(StoreDriver.all[0])
        let batch = try await store.insertBatch()
        try await store.insert(2..<32, into: batch)
        let file = try DatabaseQueue(path: store.directory + "/signet.sqlite")
        try await file.writeWithoutTransaction { [path] in try $0.execute(sql: "VACUUM INTO ?", arguments: [path]) }
        return try Data(contentsOf: URL(filePath: path))
    }

    @Test("A database of a newer Signet is refused before anything in it is changed")
    func newerSchema() async throws {
        try await SQLiteStore(path: path).write { try $0.save(Sample.institution) }
        let file = try DatabaseQueue(path: path)
        #expect(throws: Never.self) { try SQLiteStore(path: path) }
        try await file.write {
            try $0.execute(sql: "INSERT INTO grdb_migrations (identifier) VALUES ('99 of a later version')")
        }
        #expect(throws: StoreError(.newerSchema, zh: "", en: "")) { try SQLiteStore(path: path) }
        try await file.write { try $0.execute(sql: "DELETE FROM grdb_migrations WHERE identifier LIKE '99%'") }
        let institutions = try await SQLiteStore(path: path).read { try $0.institutions() }
        #expect(institutions == [Sample.institution])
    }

    /// Paths at which nobody can make a file, root neither.
    @Test(
        "A place that cannot be written is named as that",
        arguments: [
            "/etc/hostname/signet.sqlite", "/proc/signet.sqlite", "/nonexistent/signet.sqlite", "/",
        ])
    func notWritable(path: String) {
        #expect(throws: StoreError(.notWritable, zh: "", en: "")) { try SQLiteStore(path: path) }
    }

    @Test("Of a corrected certificate the newest version comes first, and only signed ones")
    func versions() async throws {
        let store = try TestStore(StoreDriver.all[0])
        let batch = try await store.insertBatch()
        let key = try #require(try await store.insert([2], into: batch).first)
        // The contract cannot make a second version yet, so it is made behind the store's back.
        let file = try DatabaseQueue(path: store.directory + "/signet.sqlite")
        try await file.write {
            try $0.execute(sql: "INSERT INTO version SELECT certificate, 2, kid, x'02' FROM version")
            try $0.execute(sql: "INSERT INTO version SELECT certificate, 3, kid, x'03' FROM version WHERE version = 1")
        }
        let keys = (1...3).map { VersionKey(certificate: key.certificate, version: $0) }
        try await store.sign([keys[1], keys[0]])
        #expect(
            try await store.read { try $0.sealedVersions(number: Sample.number(2)) }.map(\.key) == [keys[1], keys[0]])
        let seal = try await store.newestSeal(number: Sample.number(2), withPrivateBox: true)
        #expect(seal?.signature == Sample.signature(keys[1]).signature)
        let pages = try await store.read { try $0.sealedVersions(of: nil, after: keys[0], limit: 9) }
        #expect(pages.map(\.key) == [keys[1]])
        #expect(try await store.read { try $0.unsignedVersions(of: batch.id, limit: 9) }.map(\.key) == [keys[2]])
    }
}
