import Acts
import Audit
import AuditLog
import Credential
import Errors
import Files
import Foundation
import Issuance
import Publishing
import Seal
import Signing
import StatusList
import Store
import StoreSQLite
import TestSupport
import Testing

/// An older backup is put in place: what was published since is read back.
@Suite struct RestoreTests {
    /// A backup, and what was done after it: old certificates revoked, suspended and reinstated, new ones issued in
    /// the same list and in later ones, and one of each revoked.
    private struct Scene {
        let workshop: Workshop
        let folder: CheckpointFolder
        let checkpoint: AuditCheckpoint
        let first: [UInt8]
        let lists: [Int: StatusArray]
        var backup: String { workshop.folder.path + "/backup.sqlite" }

        init() async throws {
            workshop = try await Workshop(rows: 200)
            workshop.listSize = 64
            try FileManager.default.createDirectory(
                atPath: workshop.folder.path + "/audit", withIntermediateDirectories: true)
            folder = CheckpointFolder(workshop.folder.path + "/audit")
            _ = try folder.createKey()
            let store = try workshop.openStore()
            let all = try workshop.lines()
            try workshop.write(lines: Array(all.prefix(40)))
            try await workshop.issue(store: store)
            try await RestoreTests.act(.suspend, .underInvestigation, on: 5..<7, in: store)
            _ = try await workshop.publisher(store).publish(all: true)
            first = try DurableFile.read(workshop.folder.path + "/1.jwt")
            try store.backup(to: workshop.folder.path + "/backup.sqlite")

            try workshop.write(lines: all)
            try await workshop.issue(store: store)
            try await RestoreTests.act(.revoke, .misconduct, on: 0..<3, in: store)
            try await RestoreTests.act(.suspend, .holderRequest, on: 3..<4, in: store)
            try await RestoreTests.act(.reinstate, .investigationClosed, on: 5..<6, in: store)
            try await RestoreTests.act(.revoke, .misconduct, on: 6..<7, in: store)
            let count = try await store.read { try $0.sealedVersions(of: nil, after: nil, limit: 1000) }.count
            for row in [40, count - 1] {
                try await RestoreTests.act(.revoke, .misconduct, on: row..<(row + 1), in: store)
            }
            _ = try await workshop.publisher(store).publish(all: true)
            checkpoint = try #require(
                try await AuditTrail(store: store.forAudits, folder: folder).keepCheckpoint(at: Workshop.now))
            lists = try RestoreTests.statuses(in: workshop.folder.path, workshop)
        }

        func restored(_ name: String) throws -> SQLiteStore {
            let path = workshop.folder.path + "/\(name).sqlite"
            try FileManager.default.copyItem(atPath: backup, toPath: path)
            return try SQLiteStore(path: path)
        }

        func accept(
            _ store: SQLiteStore, lists: String? = nil, listsAreLost: Bool = false
        ) async throws -> RestoreAcceptance.Outcome {
            let published = try PublishedLists(folder: lists ?? workshop.folder.path, trust: workshop.trust())
            return try await RestoreAcceptance(
                store: store.forAdministration, folder: folder, published: published,
                status: StatusTerms(host: Workshop.host, listSize: workshop.listSize)
            ).accept(
                checkpoint, listsAreLost: listsAreLost,
                approval: Approval(actor: "t", reason: "disk failed", time: Workshop.now))
        }

        /// What a restored store publishes next.
        func republished(_ store: SQLiteStore) async throws -> [Int: StatusArray] {
            let target = try newFolder()
            _ = try await StatusPublisher(
                store: store.forIssuing, key: workshop.statusKey, host: Workshop.host, folder: target, actor: "t",
                now: { Workshop.now }
            ).publish(all: true)
            return try RestoreTests.statuses(in: target, workshop)
        }

        func newFolder() throws -> String {
            let path = workshop.folder.path + "/" + UUID().uuidString
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            return path
        }
    }

    private static func act(
        _ transition: StatusTransition, _ reason: StatusReason, on rows: Range<Int>, in store: any Store
    ) async throws {
        try await store.write { transaction in
            var plan = StatusPlan(transition)
            for version in try transaction.sealedVersions(of: nil, after: nil, limit: 1000)[rows] {
                try plan.add([version], in: transaction)
            }
            try plan.carryOut(
                StatusAct(transition: transition, reason: reason, note: "", actor: "李", time: Workshop.now),
                in: transaction)
        }
    }

    private static func statuses(in folder: String, _ workshop: Workshop) throws -> [Int: StatusArray] {
        try PublishedLists(folder: folder, trust: workshop.trust()).lists.mapValues(\.statuses)
    }

    @Test("What was published after the backup is published again as it was, place by place")
    func readBack() async throws {
        let scene = try await Scene()
        let store = try scene.restored("restored")
        let outcome = try await scene.accept(store)
        #expect(outcome.changed == [.revoke: 4, .suspend: 1, .reinstate: 1])
        #expect(outcome.keptPlaces == 2 && outcome.begunLists > 0 && !outcome.lost.isEmpty)
        #expect(try await scene.republished(store) == scene.lists)
        let times = try PublishedLists(folder: scene.workshop.folder.path, trust: scene.workshop.trust()).lists
        for list in try await store.read({ try $0.statusLists() }) {
            #expect(try #require(list.publishedAt) > #require(times[list.id]).issuedAt)
        }
        // Each act is on record, and the record is whole.
        let acts = try await store.read { try $0.auditEntries(after: 0, limit: 1000) }.map(\.act)
        #expect(acts.contains { $0.kind == .statusChanged && $0.sentence == "revoke 4 certificates, restored" })
        #expect(acts.contains { $0.kind == .statusesKept && $0.sentence == "2 places of lost certificates" })
        _ = try await AuditTrail(store: store.forAudits, folder: scene.folder).verify()
    }

    @Test("The control: without reading back, revocations are undone by the next publication")
    func control() async throws {
        let scene = try await Scene()
        let store = try scene.restored("restored")
        let outcome = try await scene.accept(store, lists: scene.newFolder(), listsAreLost: true)
        #expect(outcome.changed.isEmpty && outcome.keptPlaces == 0)
        let (before, after) = (try #require(scene.lists[1]), try await scene.republished(store)[1])
        let undone = try (0..<64).filter { try before.status(at: $0) == 1 && after?.status(at: $0) != 1 }
        #expect(undone.count >= 4)
    }

    @Test("What is issued after the restore gets no place of a lost certificate")
    func places() async throws {
        let scene = try await Scene()
        let lost = try await Self.places(scene.workshop.openStore())
        let store = try scene.restored("restored")
        let backedUp = try await Self.places(store)
        _ = try await scene.accept(store)
        try await scene.workshop.issue(store: store)
        let here = try await Self.places(store)
        #expect(here.count > backedUp.count && lost.intersection(here) == backedUp)
    }

    private static func places(_ store: any Store) async throws -> Set<StatusPlace> {
        try await store.read { store in
            var places: Set<StatusPlace> = []
            try store.forEachVersion { _, payload in
                let reference = try #require(try CertificateClaims(decoding: payload[...]).status)
                let list = try #require(StatusListURI.list(in: reference.uri))
                #expect(places.insert(StatusPlace(list: list, index: reference.index)).inserted)
            }
            return places
        }
    }

    @Test("What is known by its seal alone changes status by its place, is on record, and gives its place to nobody")
    func lost() async throws {
        let scene = try await Scene()
        let original = try scene.workshop.openStore()
        let backedUp = try await Self.places(scene.restored("early"))
        // Issued after the backup in the list that it has; valid, and then one that was revoked.
        let claims = try await original.read { try $0.sealedVersions(of: nil, after: nil, limit: 1000) }.map {
            try CertificateClaims(decoding: $0.payload[...])
        }
        let store = try scene.restored("restored")
        _ = try await scene.accept(store)
        func plan(_ transition: StatusTransition, _ claims: CertificateClaims) async throws -> StatusPlan {
            try await store.read { store in
                var plan = StatusPlan(transition)
                for lost in try UnrecordedCertificate.all([claims], host: Workshop.host, in: store) { plan.add(lost) }
                return plan
            }
        }
        func act(_ transition: StatusTransition, _ reason: StatusReason, _ plan: StatusPlan) async throws {
            try await store.write {
                try plan.carryOut(
                    StatusAct(transition: transition, reason: reason, note: "n", actor: "李", time: Workshop.now), in: $0
                )
            }
        }
        let found = try claims.first {
            guard let reference = $0.status, StatusListURI.list(in: reference.uri) == 1 else { return false }
            return try !backedUp.contains(StatusPlace(list: 1, index: reference.index))
                && scene.lists[1]?.status(at: reference.index) == 0
        }
        let valid = try #require(found)
        let index = try #require(valid.status?.index)
        let stale = try await plan(.revoke, valid)
        try await act(.suspend, .holderRequest, plan(.suspend, valid))
        #expect(try await scene.republished(store)[1]?.status(at: index) == 2)
        await #expect(throws: StoreError(.conflict, zh: "", en: "")) { try await act(.revoke, .misconduct, stale) }
        try await act(.reinstate, .investigationClosed, plan(.reinstate, valid))
        #expect(try await scene.republished(store) == scene.lists)
        // Revoked before the restore: that is final, as the list says.
        let revoked = claims[40]
        #expect(try await plan(.reinstate, revoked).refused.map(\.status) == [.revoked])
        // The control: a certificate that is here is not lost.
        await #expect(throws: IssuanceError(.changeRefused, zh: "", en: "")) { _ = try await plan(.revoke, claims[10]) }
        let acts = try await store.read { try $0.auditEntries(after: 0, limit: 1000) }.map(\.act)
        #expect(
            acts.filter { $0.kind == .statusesKept }.map(\.sentence).suffix(2) == [
                "suspend place \(index) of status list 1, holder-request",
                "reinstate place \(index) of status list 1, investigation-closed",
            ])
        _ = try await AuditTrail(store: store.forAudits, folder: scene.folder).verify()
        try await scene.workshop.issue(store: store)
        #expect(try await !Self.places(store).subtracting(backedUp).contains(StatusPlace(list: 1, index: index)))
    }

    @Test("A list that is missing, older, damaged or of another's key is refused, and nothing is accepted")
    func refusals() async throws {
        let scene = try await Scene()
        let path = scene.workshop.folder.path
        let whole = try DurableFile.read(path + "/1.jwt")
        var damaged = whole
        damaged[damaged.count / 2] ^= 1
        let claims = StatusListClaims(
            uri: StatusListURI.text(host: Workshop.host, list: 1), issuedAt: Workshop.now + 99, expiresAt: nil,
            timeToLive: nil, bits: 2, deflated: try StatusArray(bits: 2, count: 64).deflated())
        let forged = try claims.jwt(signedBy: PrivateKey.generate(.es256))
        let otherShape = try StatusListClaims(
            uri: claims.uri, issuedAt: Workshop.now + 99, expiresAt: nil, timeToLive: nil, bits: 2,
            deflated: StatusArray(bits: 2, count: 256).deflated()
        ).jwt(signedBy: scene.workshop.statusKey)
        for (name, bytes) in [
            ("missing", nil), ("older", scene.first), ("damaged", damaged), ("forged", forged), ("empty", []),
            ("second", try DurableFile.read(path + "/2.jwt")), ("shape", otherShape),
        ] {
            try FileManager.default.removeItem(atPath: path + "/1.jwt")
            if let bytes { try DurableFile.replace(bytes, at: path + "/1.jwt") }
            let store = try scene.restored(name)
            await #expect(throws: PublishingError(.publishedListRefused, zh: "", en: ""), "\(name)") {
                _ = try await scene.accept(store)
            }
            let last = try await store.read { try $0.lastAuditEntry()?.act.kind }
            #expect(last != .restoreAccepted, "\(name)")
            try DurableFile.replace(whole, at: path + "/1.jwt")
        }
    }

    @Test("Accepted a second time, by the same checkpoint, nothing is done twice")
    func again() async throws {
        let scene = try await Scene()
        let store = try scene.restored("restored")
        let first = try await scene.accept(store)
        // As if stopped before the new checkpoint was kept.
        try DurableFile.replace(
            Array((scene.checkpoint.signed(by: scene.folder.signingKey()) + "\n").utf8), at: scene.folder.newestPath)
        let outcome = try await scene.accept(store)
        #expect(outcome.lost == first.lost && outcome.changed.isEmpty && outcome.keptPlaces == 0)
        #expect(try await scene.republished(store) == scene.lists)
    }
}
