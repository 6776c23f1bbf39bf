import Acts
import Audit
import AuditLog
import Credential
import Errors
import Files
import Foundation
import GRDB
import Issuance
import Publishing
import Signing
import Store
import StoreSQLite
import TestSupport
import Testing
import Trust

/// The record of acts cannot excuse its own loss.
@Suite struct LossTests {
    /// What whoever has the database alone can write: the acts after `kept` are gone, and an entry says that somebody
    /// accepted it.
    private static func forgedRestore(_ scene: AuditTests.Scene, kept: Int) async throws -> String {
        let entries = try await scene.workshop.openStore().read { try $0.auditEntries(after: 0, limit: 1000) }
        let end = try #require(entries.last)
        let act = AuditAct(
            .restoreAccepted, actor: "root",
            subject: [.firstLost: .number(kept + 1), .lastLost: .number(end.sequence)],
            digest: entries[kept - 1].hash, reason: "Disk failed", time: end.act.time)
        let forged = try AuditEntry(
            act, resumingAfter: AuditCheckpoint(sequence: end.sequence, hash: end.hash, time: end.act.time))
        return try scene.changed { db in
            try db.execute(sql: "DELETE FROM audit WHERE sequence > ?", arguments: [kept])
            try db.execute(
                sql: "INSERT INTO audit VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
                arguments: [
                    forged.sequence, act.time, act.actor, act.kind.rawValue, act.subject.json, Data(act.digest),
                    act.reason,
                    Data(forged.previous), Data(forged.hash),
                ])
        }
    }

    private static func lastCheckpoint(_ scene: AuditTests.Scene) throws -> AuditCheckpoint {
        try #require(try scene.folder.newest())
    }

    @Test("An entry that says acts were lost is an edit, unless a signed line outside declares just these lost")
    func forged() async throws {
        let scene = try await AuditTests.Scene()
        let newest = try Self.lastCheckpoint(scene)
        let path = try await Self.forgedRestore(scene, kept: 20)
        #expect(await scene.problem(path) == .missing)
        // A declaration of other acts does not excuse these.
        try scene.folder.declare(newest.declaringLost(from: 22, at: 0))
        #expect(await scene.problem(path) == .missing)
        // The control: the same database, once somebody with the audit key declared it.
        try scene.folder.declare(newest.declaringLost(from: 21, at: 0))
        #expect(await scene.problem(path) == nil)
        let verified = try await scene.trail(SQLiteStore(path: path)).verify()
        #expect(verified?.losses.map(\.acts) == [21...newest.sequence])
    }

    @Test("Accepting does not bless it, and does not bless a cut either: it names what is lost")
    func acceptance() async throws {
        let scene = try await AuditTests.Scene()
        let newest = try Self.lastCheckpoint(scene)
        func accept(_ path: String) async throws -> RestoreAcceptance.Outcome {
            try await RestoreAcceptance(
                store: SQLiteStore(path: path).forAdministration, folder: scene.folder,
                published: PublishedLists(folder: scene.workshop.folder.path, trust: nil),
                status: StatusTerms(host: Workshop.host)
            ).accept(newest, listsAreLost: true, approval: Approval(actor: "t", reason: "r", time: Workshop.now))
        }
        let forged = try await Self.forgedRestore(scene, kept: 20)
        await #expect(throws: AuditProblem(.missing, zh: "", en: "")) { _ = try await accept(forged) }
        #expect(try scene.folder.losses() == [])
        let cut = try scene.changed { try $0.execute(sql: "DELETE FROM audit WHERE sequence > 20") }
        #expect(try await accept(cut).lost == 21..<newest.sequence + 1)
        #expect(try scene.folder.losses().compactMap(\.lost) == [21...newest.sequence])
        // It goes on from there, and what was lost stays said.
        let trail = try scene.trail(SQLiteStore(path: cut))
        try await trail.requireCurrent()
        #expect(try scene.folder.newest()?.sequence == newest.sequence + 1)
    }

    @Test("Nobody signs a log that was cut, and the newest checkpoint is never replaced by an older one")
    func laundering() async throws {
        let scene = try await AuditTests.Scene()
        let newest = try Self.lastCheckpoint(scene)
        let cut = try scene.changed { try $0.execute(sql: "DELETE FROM audit WHERE sequence > 20") }
        let store = try SQLiteStore(path: cut)
        for _ in 0..<2 {
            await #expect(throws: AuditProblem(.behind, zh: "", en: "")) {
                try await scene.trail(store).keepCheckpoint(at: Workshop.now)
            }
            // Acts that a running server goes on to write do not change it.
            try await store.write { for _ in 0..<40 { try $0.append(Self.act) } }
        }
        #expect(try Self.lastCheckpoint(scene) == newest)
        let last = try #require(try await store.read { try $0.lastAuditEntry() })
        #expect(last.sequence > newest.sequence)
        // The control: were it signed, as it once was, every command would go on as if nothing had been.
        let signed = AuditCheckpoint(sequence: last.sequence, hash: last.hash, time: 0)
        try DurableFile.replace(
            Array((signed.signed(by: scene.folder.signingKey()) + "\n").utf8), at: scene.folder.newestPath)
        try await scene.trail(store).requireCurrent()
    }

    private static let act = AuditAct(
        .shareCreated, actor: "holder", subject: [.certificate: .text("00")], time: Workshop.now)

    @Test("Acts of many at once are all covered, by fewer signatures than acts")
    func together() async throws {
        let scene = try await AuditTests.Scene()
        let store = try scene.workshop.openStore()
        let (trail, before) = (scene.trail(store), try scene.checkpoints().count)
        try await withThrowingTaskGroup(of: Void.self) { group in
            for _ in 0..<168 {
                group.addTask {
                    let entry = try await store.write { try $0.append(Self.act) }
                    let covered = try await trail.keepCheckpoint(at: Workshop.now)
                    #expect(try #require(covered).sequence >= entry.sequence)
                }
            }
            try await group.waitForAll()
        }
        let last = try await store.read { try $0.lastAuditEntry() }
        #expect(try Self.lastCheckpoint(scene).hash == last?.hash)
        #expect(try scene.checkpoints().count - before < 168)
        #expect(await scene.problem(scene.workshop.databasePath) == nil)
    }

    @Test("The control: read, signed and written without the lock, an older end of the log stands over a newer one")
    func withoutLock() async throws {
        let scene = try await AuditTests.Scene()
        let store = try scene.workshop.openStore()
        let read = try #require(try await store.read { try $0.lastAuditEntry() })
        try await store.write { _ = try $0.append(Self.act) }
        let newer = try #require(try await scene.trail(store).keepCheckpoint(at: Workshop.now))
        let older = AuditCheckpoint(sequence: read.sequence, hash: read.hash, time: Workshop.now)
        try DurableFile.replace(
            Array((older.signed(by: scene.folder.signingKey()) + "\n").utf8), at: scene.folder.newestPath)
        #expect(try Self.lastCheckpoint(scene).sequence < newer.sequence)
        #expect(await scene.problem(scene.workshop.databasePath) == .badCheckpoint)
        // With the lock it is refused.
        try DurableFile.replace(
            Array((newer.signed(by: scene.folder.signingKey()) + "\n").utf8), at: scene.folder.newestPath)
        #expect(throws: AuditProblem(.behind, zh: "", en: "")) { try scene.folder.keep(older) }
    }

    @Test("Who comes while a round runs waits for the next, and all of these share it")
    func rounds() async throws {
        let round = SharedRound<Int>()
        let (gate, open) = AsyncStream.makeStream(of: Void.self)
        let (begun, begin) = AsyncStream.makeStream(of: Void.self)
        let counter = Counter()
        let first = Task {
            try await round.join {
                begin.yield()
                for await _ in gate { break }
                return await counter.next()
            }
        }
        for await _ in begun { break }
        let others = (0..<20).map { _ in Task { try await round.join { await counter.next() } } }
        open.yield()
        #expect(try await first.value == 1)
        for other in others { #expect(try await other.value >= 2) }
        #expect(await counter.value < 21)
    }

    private actor Counter {
        private(set) var value = 0
        func next() -> Int {
            value += 1
            return value
        }
    }

    @Test("Folded, the lines are fewer and whatever they found is still found")
    func folded() async throws {
        let scene = try await AuditTests.Scene()
        let newest = try Self.lastCheckpoint(scene)
        try scene.folder.declare(newest.declaringLost(from: 21, at: 0))
        try scene.folder.keep(newest)
        let path = scene.workshop.databasePath
        #expect(await scene.problem(path) == nil)
        let before = try scene.checkpoints().count
        try scene.folder.fold(upTo: newest.sequence)
        let after = try scene.checkpoints()
        #expect(before > after.count && after.contains { $0.lost != nil } && after.last == newest)
        #expect(await scene.problem(path) == nil)
        try scene.folder.fold(upTo: newest.sequence)
        #expect(try scene.checkpoints() == after)
        for edit in [
            "DELETE FROM audit WHERE sequence > 20", "UPDATE audit SET actor = 'x' WHERE sequence = 7",
            "DELETE FROM audit",
        ] {
            let edited = try scene.changed { try $0.execute(sql: edit) }
            #expect(await scene.problem(edited) != nil, "\(edit)")
        }
        let forged = try await Self.forgedRestore(scene, kept: 10)
        #expect(await scene.problem(forged) == .missing)
    }

    private static func problem(_ trail: AuditTrail, _ files: PublishedFiles) async -> AuditProblem.Code? {
        do {
            _ = try await trail.verify(files: files)
            return nil
        } catch { return (error as? AuditProblem)?.code ?? .altered }
    }

    @Test("The files that are served are those that were published last; an older one in their place is found")
    func files() async throws {
        let scene = try await AuditTests.Scene()
        let (store, folder) = (try scene.workshop.openStore(), scene.workshop.folder.path)
        let files = PublishedFiles(trustListPath: folder + "/trust-list.jws", statusFolder: folder)
        let trail = scene.trail(store)
        func problem() async -> AuditProblem.Code? { await Self.problem(trail, files) }
        _ = try await scene.workshop.publisher(store).publish(all: true)
        #expect(await problem() == nil)
        let old = try ["jwt", "cwt"].map { try DurableFile.read("\(folder)/1.\($0)") }
        _ = try await scene.workshop.publisher(store).publish(all: true)
        #expect(await problem() == nil)
        let new = try ["jwt", "cwt"].map { try DurableFile.read("\(folder)/1.\($0)") }
        for (index, form) in ["jwt", "cwt"].enumerated() {
            try DurableFile.replace(old[index], at: "\(folder)/1.\(form)")
            #expect(await problem() == .contradicted, "\(form)")
            // The control: without the files the record is as it was.
            #expect(await scene.problem(scene.workshop.databasePath) == nil)
            try FileManager.default.removeItem(atPath: "\(folder)/1.\(form)")
            #expect(await problem() == .contradicted, "\(form) is missing")
            try DurableFile.replace(new[index], at: "\(folder)/1.\(form)")
        }
        let list = try scene.workshop.trust().list.signed(by: scene.workshop.root)
        try await store.write {
            _ = try $0.append(
                AuditAct(
                    .trustPublished, actor: "t", subject: [.trustList: .number(1)], digest: SHA256.digest(list.utf8),
                    time: 0))
            try $0.saveTrustList(list, sequence: 1, after: 0)
        }
        #expect(await problem() == .contradicted)
        try DurableFile.replace(Array((list + "\n").utf8), at: folder + "/trust-list.jws")
        #expect(await problem() == nil)
    }
}
