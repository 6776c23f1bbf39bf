import Credential
import Errors
import Store
import Testing

@Suite("Store contract: submissions")
struct SubmissionContract {
    static func new(of sheet: StaffSheet, by account: Account, others: [Account] = [], at: Int = 300) -> NewSubmission {
        NewSubmission(
            sheet: sheet.id, institution: sheet.institution, awardDate: SheetContract.day, digest: [9, 9], rowCount: 12,
            certificateCount: 10, bins: ["issued": 10, "absent": 2], contributors: others.map(\.id) + [account.id],
            submittedBy: account.id, submittedAt: at)
    }

    @Test("a submission is kept with its file; its sheet is no draft meanwhile", arguments: StoreDriver.all)
    func kept(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (sheet, one, two) = try await SheetContract.filled(store)
        let new = Self.new(of: sheet, by: one, others: [two])
        let first = try await store.write { try $0.insert(new) { id in [[UInt8(id.value), 5], [6]] } }
        #expect(first.frozen == new && first.state == .waiting && first.reviewer == nil && first.batch == nil)
        #expect(first.contributors == [one.id, two.id])
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.save([SheetContract.edit(2, 5, 3, 1, by: one)], of: sheet.id, at: 301) }
        }
        await #expect(throws: StoreError.conflict) {
            _ = try await store.write { try $0.insert(new) { _ in [] } }
        }
        try await store.write { try $0.returnSubmission(first.id, reason: "第 5 行的姓名有误", at: 310) }
        let second = try await store.write { try $0.insert(Self.new(of: sheet, by: two, at: 320)) { _ in [[7]] } }
        try await store.reopened().read { (store: any StoreReading) throws in
            let returned = try store.submission(first.id)
            #expect(returned?.state == .returned && returned?.reason == "第 5 行的姓名有误" && returned?.changedAt == 310)
            #expect(try store.submissions(of: sheet.id) == [returned, second])
            #expect(try store.submission(newestOf: sheet.id) == second)
            #expect(try store.submission(newestOf: SheetID(99)) == nil)
            #expect(try store.submission(SubmissionID(99)) == nil)
            #expect(try store.submissions(state: .waiting) == [second])
            #expect(try store.submissions(state: .issued) == [])
            #expect(try store.frozenFile(of: first.id) == [[UInt8(first.id.value), 5], [6]])
            #expect(try store.frozenFile(of: second.id) == [[7]])
            #expect(try store.sheet(sheet.id)?.state == .submitted)
        }
    }

    @Test("one of many at once reviews; what waits again is anybody's", arguments: StoreDriver.all)
    func claims(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (sheet, one, two) = try await SheetContract.filled(store)
        let id = try await store.write { try $0.insert(Self.new(of: sheet, by: one)) { _ in [[7]] }.id }
        let claimed = await withTaskGroup(of: AccountID?.self) { group in
            for account in [one.id, two.id] {
                group.addTask {
                    do { try await store.write { try $0.claim(id, by: account, at: 400) } } catch { return nil }
                    return account
                }
            }
            return await group.reduce(into: [AccountID]()) { if let account = $1 { $0.append(account) } }
        }
        let reviewer = try #require(claimed.first)
        #expect(claimed.count == 1)
        try await store.write { try $0.claim(id, by: reviewer, at: 401) }
        let other = reviewer == one.id ? two.id : one.id
        await #expect(throws: StoreError.conflict) { try await store.write { try $0.claim(id, by: other, at: 402) } }
        #expect(try await store.read { try $0.submission(id) }?.reviewer == reviewer)
        try await store.write {
            try $0.setState(.waiting, of: id, batch: nil, at: 403)
            try $0.claim(id, by: other, at: 404)
        }
        #expect(try await store.read { try $0.submission(id) }?.reviewer == other)
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.claim(SubmissionID(99), by: other, at: 1) }
        }
    }

    @Test("a submission goes its way and no other, and its sheet with it", arguments: StoreDriver.all)
    func states(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (one, _) = try await AccountContract.made(store)
        let batch = try await store.insertBatch()
        let allowed: [Submission.State: [Submission.State: StaffSheet.State]] = [
            .waiting: [.returned: .draft, .withdrawn: .draft, .approved: .approved, .inReview: .submitted],
            .inReview: [.returned: .draft, .withdrawn: .draft, .approved: .approved, .waiting: .submitted],
            .approved: [.returned: .draft, .issued: .issued, .inReview: .submitted], .returned: [:], .withdrawn: [:],
            .issued: [:],
        ]
        for (state, next) in allowed {
            for to in Submission.State.allCases {
                let id = try await store.write { writing in
                    let sheet = try writing.insert(SheetContract.new(1, by: one)) { _ in [[1], [2]] }
                    let id = try writing.insert(Self.new(of: sheet, by: one)) { _ in [[7]] }.id
                    if state == .issued { try writing.setState(.approved, of: id, batch: nil, at: 1) }
                    if state != .waiting { try writing.setState(state, of: id, batch: nil, at: 2) }
                    return id
                }
                if let sheet = next[to] {
                    try await store.write {
                        try $0.setState(to, of: id, batch: to == .issued ? batch.id : nil, at: 3)
                    }
                    let now = try #require(try await store.read { try $0.submission(id) })
                    #expect(now.state == to && now.batch == (to == .issued ? batch.id : nil))
                    #expect(try await store.read { try $0.sheet(now.sheet) }?.state == sheet)
                } else {
                    await #expect(throws: StoreError.conflict, "\(state) to \(to)") {
                        try await store.write { try $0.setState(to, of: id, batch: nil, at: 3) }
                    }
                }
            }
        }
    }
}
