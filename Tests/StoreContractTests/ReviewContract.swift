import Errors
import Store
import Testing

@Suite("Store contract: reviews")
struct ReviewContract {
    private static func filled(_ store: TestStore) async throws -> (Submission, SubmissionReview, Account, Account) {
        let (sheet, one, two) = try await SheetContract.filled(store)
        let submission = try await store.write {
            try $0.insert(SubmissionContract.new(of: sheet, by: one)) { _ in [[7]] }
        }
        let review = SubmissionReview(
            submission: submission.id, officer: two.id, seed: [1, 2], rows: [3, 9, 12], box: [4], begunAt: 400)
        try await store.write { try $0.insert(review) }
        return (submission, review, one, two)
    }

    @Test("a review is kept with its rows, and what came of each", arguments: StoreDriver.all)
    func kept(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (submission, review, _, two) = try await Self.filled(store)
        let wrong = RowTick(row: 9, isRight: false, noteBox: [8], by: two.id, at: 410)
        let right = RowTick(row: 3, isRight: true, noteBox: [], by: two.id, at: 411)
        let changed = RowTick(row: 9, isRight: true, noteBox: [], by: two.id, at: 412)
        try await store.write { try $0.save([wrong, right], of: submission.id) }
        #expect(try await store.read { try $0.ticks(of: submission.id) } == [right, wrong])
        try await store.write { try $0.save([changed], of: submission.id) }
        try await store.reopened().read { (store: any StoreReading) throws in
            #expect(try store.review(of: submission.id) == review)
            #expect(try store.review(of: SubmissionID(99)) == nil)
            #expect(try store.ticks(of: submission.id) == [right, changed])
            #expect(try store.ticks(of: SubmissionID(99)) == [])
        }
        let stray = RowTick(row: 4, isRight: true, noteBox: [], by: two.id, at: 413)
        let back = RowTick(row: 3, isRight: false, noteBox: [1], by: two.id, at: 413)
        await #expect(throws: StoreError(.notFound, zh: "", en: "")) {
            try await store.write { try $0.save([back, stray], of: submission.id) }
        }
        #expect(try await store.read { try $0.ticks(of: submission.id) } == [right, changed])
    }

    @Test("whoever reviews next begins anew", arguments: StoreDriver.all)
    func next(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (submission, _, one, two) = try await Self.filled(store)
        try await store.write {
            try $0.save([RowTick(row: 3, isRight: true, noteBox: [], by: two.id, at: 410)], of: submission.id)
        }
        let second = SubmissionReview(
            submission: submission.id, officer: one.id, seed: [5], rows: [3, 4], box: [6], begunAt: 500)
        try await store.write { try $0.insert(second) }
        #expect(try await store.read { try $0.review(of: submission.id) } == second)
        #expect(try await store.read { try $0.ticks(of: submission.id) } == [])
    }
}
