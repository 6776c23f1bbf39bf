import Credential
import Errors
import Issuance
import Results
import Signing
import Store
import StoreSQLite
import Testing
import Trust

@Suite struct BatchStatementTests {
    @Test("The statement's digest covers each of its lines, and its text is read back")
    func lines() async throws {
        let workshop = try await Workshop()
        let plan = try await workshop.plan().plan
        let key = workshop.key.publicKey.kid
        let other = try PrivateKey.generate(.es256).publicKey.kid
        let day = Workshop.today
        func statement(
            _ date: CalendarDate, _ key: KeyID, _ registry: Int, _ parts: [DocumentLook.Part: [UInt8]] = [:],
            photos: [Int: [UInt8]] = [:]
        ) throws -> BatchStatement {
            BatchStatement(
                plan, awardDate: date, key: key, registryVersion: registry,
                look: try DocumentLook(parts).with(photos: photos))
        }
        let digest = [UInt8](repeating: 7, count: 32)
        var statements = [
            try statement(day, key, 1), try statement(CalendarDate(daysSinceEpoch: 9), key, 1),
            try statement(day, other, 1), try statement(day, key, 2), try statement(day, key, 1, photos: [2: digest]),
            try statement(day, key, 1, photos: [3: digest]), try statement(day, key, 1, photos: [2: [8]]),
            try statement(day, key, 1, photos: [2: digest, 3: digest]),
        ]
        for part in DocumentLook.Part.allCases where part != .photos {
            statements.append(try statement(day, key, 1, [part: digest]))
        }
        #expect(Set(try statements.map { try $0.digest }).count == statements.count)
        for statement in statements { #expect(BatchStatement(text: statement.text) == statement) }
        // Control: the same again is the same.
        #expect(try statement(day, key, 1).digest == statements[0].digest)
    }

    @Test("No other text is read as a statement")
    func otherTexts() async throws {
        let workshop = try await Workshop()
        let plan = try await workshop.plan().plan
        let text = BatchStatement(
            plan, awardDate: Workshop.today, key: workshop.key.publicKey.kid, registryVersion: 3, look: DocumentLook()
        ).text
        #expect(BatchStatement(text: text) != nil)
        var others = [
            "", text + "\n", text + "more 1\n", String(text.dropLast()), text.replacing("none", with: "None"),
            text.replacing("registry 3", with: "registry 03"), text.replacing("signet-batch", with: "signet-catch"),
        ]
        for line in text.split(separator: "\n") { others.append(text.replacing(line + "\n", with: "")) }
        for other in others { #expect(BatchStatement(text: other) == nil, "\(other)") }
    }

    @Test("A batch goes on with another key only when that was approved")
    func keyChanges() async throws {
        let workshop = try await Workshop()
        let store = try workshop.openStore()
        let (plan, planner) = (try await workshop.plan().plan, try await workshop.planner())
        let other = try PrivateKey.generate(.es256)
        let approved = try await workshop.approve(plan, with: workshop.issuer(store))
        let issuer = Issuer(
            store: store.forIssuing, keys: SigningKeys([workshop.key, other]), dataKeys: workshop.dataKeys,
            trust: try workshop.trust { $0 = .init(other.publicKey, from: Workshop.now - 1000) },
            status: StatusTerms(host: Workshop.host), now: { Workshop.now })
        func issue(_ batch: Batch) async throws {
            try await issuer.issue(
                batch, plan: plan, sheet: workshop.sheet(), planner: planner, of: workshop.institution,
                key: other.publicKey)
        }
        await #expect(throws: IssuanceError(.keyNotTrusted, zh: "", en: "")) { try await issue(approved) }
        #expect(try await store.read { try $0.progress(of: approved.id) }.prepared == 0)
        var statement = try #require(approved.statement)
        statement.key = other.publicKey.kid
        let again = try await BatchReapproval(store: store.forIssuing).approve(
            approved, statement, photos: nil, Approval(actor: "officer", reason: "new key", time: Workshop.now))
        try await issue(again)
        #expect(try await store.read { try $0.progress(of: again.id) }.sealed == plan.bins[.issued])
        #expect(
            try await store.read { try $0.approvals(of: again.id) }.map(\.digest) == [approved.digest, again.digest])
    }
}
