import Credential
import Errors
import Files
import Foundation
import Issuance
import Publishing
import Rendering
import Seal
import Signing
import StatusList
import Store
import StoreSQLite
import TestSupport
import Testing
import Verification

@Suite struct StatusTests {
    private static func versions(_ store: any Store) async throws -> [SealedVersion] {
        try await store.read { try $0.sealedVersions(of: nil, after: nil, limit: 10_000) }
    }

    private static func references(_ store: any Store) async throws -> [CertificateClaims.StatusReference] {
        try await versions(store).map { try #require(try CertificateClaims(decoding: $0.payload[...]).status) }
    }

    @Test("Every certificate has a place of its own; when a list is full the next begins")
    func places() async throws {
        let workshop = try await Workshop(rows: 200)
        workshop.listSize = 64
        try await workshop.issue()
        let store = try workshop.openStore()
        let references = try await Self.references(store)
        #expect(Set(references.map { "\($0.uri) \($0.index)" }).count == references.count)
        let lists = try await store.read { try $0.statusLists() }
        #expect(lists.count == (references.count + 63) / 64)
        #expect(lists.dropLast().allSatisfy { $0.isFull })
        #expect(lists.map(\.next).reduce(0, +) == references.count)
        for reference in references { #expect((0..<64).contains(reference.index)) }
        let inventory = try await Inventory(store, workshop, rows: references.count)
        #expect(inventory.problems == [])
    }

    @Test("A crash gives no place twice")
    func crashes() async throws {
        struct Crash: Error {}
        let workshop = try await Workshop(rows: 200)
        await #expect(throws: Crash.self) {
            try await workshop.issue(onStep: { if $0 == .signed { throw Crash() } })
        }
        try await workshop.issue()
        let references = try await Self.references(workshop.openStore())
        #expect(Set(references.map(\.index)).count == references.count)
    }

    @Test("Nothing is signed under a trust list that has no key for status lists")
    func noStatusKey() async throws {
        let workshop = try await Workshop(rows: 60)
        let plan = try await workshop.plan().plan
        let issuer = try workshop.issuer(workshop.openStore(), trust: workshop.trust(hasStatusKey: false))
        await #expect(throws: IssuanceError(.statusKeyNotTrusted, zh: "", en: "")) {
            try await workshop.approve(plan, with: issuer)
        }
    }

    @Test("What is revoked, suspended and reinstated is what verifiers find, certificate by certificate")
    func transitions() async throws {
        let workshop = try await Workshop(rows: 60)
        try await workshop.issue()
        let store = try workshop.openStore()
        let versions = try await Self.versions(store)
        func act(_ transition: StatusTransition, _ reason: StatusReason, on rows: Range<Int>) async throws -> StatusPlan
        {
            try await store.write { transaction in
                var plan = StatusPlan(transition)
                try plan.add(Array(versions[rows]), in: transaction)
                try plan.carryOut(
                    StatusAct(transition: transition, reason: reason, note: "案卷", actor: "李", time: Workshop.now),
                    in: transaction)
                return plan
            }
        }
        #expect(try await act(.suspend, .underInvestigation, on: 0..<10).changes.count == 10)
        #expect(try await act(.revoke, .misconduct, on: 5..<12).changes.count == 7)
        #expect(try await act(.supersede, .corrected, on: 20..<21).changes.count == 1)
        let reinstated = try await act(.reinstate, .investigationClosed, on: 0..<7)
        #expect(reinstated.changes.count == 5 && reinstated.refused.map(\.status) == [.revoked, .revoked])
        let again = try await act(.revoke, .misconduct, on: 5..<12)
        #expect(again.changes.isEmpty && again.unchanged.count == 7)

        let verifier = SealVerifier(
            trust: .list(try workshop.trust()), status: try await workshop.publishedStatus(store), now: Workshop.now,
            isTrustCurrent: true)
        for (row, version) in versions.enumerated() {
            let prepared = PreparedSeal(storedPayload: version.payload, key: workshop.key.publicKey)
            let seal = try UnverifiedSeal(decoding: prepared.seal(signature: version.signature))
            let expected: Reason? = (5..<12).contains(row) ? .revoked : row == 20 ? .superseded : nil
            #expect(try verifier.verify(seal).reason == expected, "row \(row)")
        }
    }

    @Test("A change publishes its own list and no other; the control, all of them, does")
    func changedOnly() async throws {
        let workshop = try await Workshop(rows: 200)
        workshop.listSize = 64
        try await workshop.issue()
        let store = try workshop.openStore()
        #expect(try await workshop.publisher(store).publish(all: true).count >= 2)
        try await store.write { transaction in
            var plan = StatusPlan(.revoke)
            for version in try transaction.sealedVersions(of: nil, after: nil, limit: 1) {
                try plan.add([version], in: transaction)
            }
            try plan.carryOut(
                StatusAct(transition: .revoke, reason: .misconduct, note: "", actor: "t", time: Workshop.now),
                in: transaction)
        }
        #expect(try await workshop.publisher(store).publish(all: false).map(\.list) == [1])
        #expect(try await workshop.publisher(store).publish(all: true).count >= 2)
    }

    @Test("Publications get later even within a second, and a clock that went back stops them")
    func monotone() async throws {
        let workshop = try await Workshop(rows: 20)
        try await workshop.issue()
        let store = try workshop.openStore()
        var last = 0
        for _ in 0..<3 {
            let published = try await workshop.publisher(store).publish(all: true)
            #expect(published.count == 1 && published[0].issuedAt > last)
            last = published[0].issuedAt
        }
        #expect(try await workshop.publisher(store).publish(all: false).isEmpty)
        await #expect(throws: PublishingError(.clockBehind, zh: "", en: "")) {
            try await workshop.publisher(store, now: Workshop.now - 86_400).publish(all: true)
        }
        let token = try UnverifiedStatusToken(DurableFile.read(workshop.folder.path + "/1.jwt"))
        let twin = try UnverifiedStatusToken(DurableFile.read(workshop.folder.path + "/1.cwt"))
        #expect(token.unverifiedClaims.issuedAt == last && twin.unverifiedClaims == token.unverifiedClaims)
    }

    @Test("The code of a typical certificate stays within version 14 at level M, so that paper scans")
    func codeSize() async throws {
        let workshop = try await Workshop(rows: 200)
        try await workshop.issue()
        var versions: [Int] = []
        for version in try await Self.versions(workshop.openStore()) {
            let prepared = PreparedSeal(storedPayload: version.payload, key: workshop.key.publicKey)
            let text = QRText.text(host: Workshop.host, seal: prepared.seal(signature: version.signature))
            versions.append(try QRSymbol(text: text).version)
        }
        #expect(versions.max() ?? 99 <= 14, "\(versions.max() ?? 0)")
    }
}
