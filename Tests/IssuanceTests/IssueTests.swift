import Credential
import Issuance
import PersonalData
import Results
import Seal
import Signing
import Store
import StoreSQLite
import Testing

@Suite struct IssueTests {
    @Test("every eligible row becomes one valid certificate, numbered without gaps")
    func issues() async throws {
        let workshop = try await Workshop()
        let (plan, _) = try await workshop.plan()
        #expect(plan.bins.total == 400)
        #expect(plan.bins[.issued] > 300 && plan.bins[.failed] > 0 && plan.bins[.absent] > 0)
        try await workshop.issue()
        let store = try workshop.openStore()
        let inventory = try await Inventory(store, workshop, rows: plan.bins[.issued])
        #expect(inventory.problems == [])
        let bySeries = Dictionary(grouping: inventory.sealed.values) { $0.number.text.prefix(16) }
        for (_, versions) in bySeries {
            let serials = versions.compactMap { Int($0.number.text.suffix(6)) }.sorted()
            #expect(serials == Array(1...serials.count))
        }
        let batch = try #require(try await store.read { try $0.batches() }.first)
        #expect(batch.completedAt == Workshop.now && batch.approval.actor == "tester")
    }

    @Test("the private record opens with the data keys and holds the identity number; the seal does not")
    func privateRecord() async throws {
        let workshop = try await Workshop(rows: 40)
        try await workshop.issue()
        let version = try #require(
            try await workshop.openStore().read { try $0.sealedVersions(of: nil, after: nil, limit: 1) }.first)
        let claims = try CertificateClaims(decoding: version.payload[...])
        let record = try IdentityProtector(workshop.dataKeys).open(version.privateBox, for: claims.certificate.id)
        let line = try workshop.lines()[version.sheetRow - 1]
        #expect(line.contains(record.document.number) && record.document.number.count == 18)
        #expect(line.contains(claims.certificate.holderName))
        #expect(version.payload.firstRange(of: Array(record.document.number.utf8)) == nil)
    }

    @Test("the same sheet again issues nothing new, in whatever encoding")
    func again() async throws {
        let workshop = try await Workshop(rows: 150)
        let first = try await workshop.issue()
        let (plan, _) = try await workshop.plan()
        let before = try await Inventory(workshop.openStore(), workshop, rows: plan.bins[.issued])
        try workshop.write([0xEF, 0xBB, 0xBF] + Array((try workshop.lines().joined(separator: "\r\n") + "\r\n").utf8))
        let second = try await workshop.issue()
        #expect(first.id == second.id && first.digest == second.digest)
        let after = try await Inventory(workshop.openStore(), workshop, rows: plan.bins[.issued])
        #expect(after.problems == [] && after.keeps(before))
    }

    @Test("a changed sheet is another batch; who holds the certificate already is passed over, by row")
    func supplement() async throws {
        let workshop = try await Workshop(rows: 150)
        let lines = try workshop.lines()
        try workshop.write(lines: Array(lines.prefix(101)))
        try await workshop.issue()
        let firstPlan = try await workshop.plan().plan
        try workshop.write(lines: lines)
        let (plan, findings) = try await workshop.plan()
        let passedOver = findings.filter { $0.anomaly == 54 }
        #expect(passedOver.count == firstPlan.bins[.issued] && plan.bins[.skipped] == passedOver.count)
        #expect(passedOver.allSatisfy { $0.sheetRow <= 101 })
        try await workshop.issue()
        let inventory = try await Inventory(
            workshop.openStore(), workshop, rows: firstPlan.bins[.issued] + plan.bins[.issued])
        #expect(inventory.problems == [])
    }

    @Test("23 24 21 repeated rows are merged, contradicting ones withheld, and the bins still add up")
    func duplicates() async throws {
        let workshop = try await Workshop(rows: 100)
        var lines = try workshop.lines()
        let plain = try await workshop.plan().plan
        let passing = lines.indices.filter { lines[$0].contains(",合格,") }
        lines.append(lines[passing[0]])
        // Another pass with other scores for the same candidate.
        var cells = lines[passing[1]].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        cells[14] = cells[14] == "99" ? "98" : "99"
        lines.append(cells.joined(separator: ","))
        // The same identity number under another name, in another occupation's row.
        var other = lines[passing[2]].split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        other[2] = "欧阳某某"
        lines.append(other.joined(separator: ","))
        try workshop.write(lines: lines)
        let (plan, findings) = try await workshop.plan()
        #expect(plan.bins.total == 103)
        #expect(plan.bins[.merged] == 1 && plan.bins[.quarantined] == 4)
        #expect(plan.bins[.issued] == plain.bins[.issued] - 2)
        let codes = Set(findings.map(\.code))
        #expect(codes.isSuperset(of: ["repeated-row", "contradicting-rows", "one-number-two-names"]))
        try await workshop.issue()
        let inventory = try await Inventory(workshop.openStore(), workshop, rows: plan.bins[.issued])
        #expect(inventory.problems == [])
        #expect(inventory.sealed[passing[1] + 1] == nil && inventory.sealed[passing[2] + 1] == nil)
    }
}
