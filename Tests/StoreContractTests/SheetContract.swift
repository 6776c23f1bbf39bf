import Credential
import Errors
import Store
import Testing

@Suite("Store contract: sheets")
struct SheetContract {
    static let day = CalendarDate(daysSinceEpoch: 20_600)

    static func new(_ byte: UInt8, by account: Account, pieces: Int = 2) -> NewSheet {
        NewSheet(
            institution: Sample.institution.id, title: "六月成绩", startedBy: account.id, at: 100 + Int(byte),
            file: SheetFile(digest: [byte, 7], nameBox: [byte, 8], byteCount: 5, pieceCount: pieces))
    }

    static func edit(
        _ version: Int, _ row: Int, _ column: Int?, _ text: UInt8, by account: Account
    ) -> SheetEdit {
        SheetEdit(
            version: version, place: CellPlace(table: 0, row: row, column: column), before: [0, text],
            after: [1, text], by: account.id, at: 200)
    }

    /// Two accounts, and a sheet of the first.
    static func filled(_ store: TestStore) async throws -> (StaffSheet, Account, Account) {
        let (one, two) = try await AccountContract.made(store)
        let sheet = try await store.write { writing in
            try writing.save(Sample.institution)
            return try writing.insert(new(1, by: one), pieces: { id in [[UInt8(id.value), 1], [2]] })
        }
        return (sheet, one, two)
    }

    @Test("a sheet is kept with its file, and found by both", arguments: StoreDriver.all)
    func kept(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (sheet, one, _) = try await Self.filled(store)
        #expect(sheet.state == .draft && sheet.version == 1 && sheet.startedBy == one.id && sheet.createdAt == 101)
        let later = try await store.write { try $0.insert(Self.new(2, by: one)) { _ in [[1], [2]] } }
        try await store.reopened().read { (store: any StoreReading) throws in
            #expect(try store.sheet(sheet.id) == sheet)
            #expect(try store.sheet(SheetID(99)) == nil)
            #expect(try store.sheets(of: nil) == [later, sheet])
            #expect(try store.sheets(of: [Sample.institution.id]) == [later, sheet])
            #expect(try store.sheets(of: []) == [])
            #expect(try store.sheets(of: [InstitutionID("9999999999")]) == [])
            #expect(try store.sheet(ofFile: [1, 7], institution: Sample.institution.id) == sheet)
            #expect(try store.sheet(ofFile: [1, 7], institution: InstitutionID("9999999999")) == nil)
            #expect(try store.sheet(ofFile: [1, 8], institution: Sample.institution.id) == nil)
            #expect(try store.sheetFile(of: sheet.id) == Self.new(1, by: one).file)
            #expect(try store.filePiece(0, of: sheet.id) == [UInt8(sheet.id.value), 1])
            #expect(try store.filePiece(1, of: sheet.id) == [2])
            #expect(try store.filePiece(2, of: sheet.id) == nil)
        }
    }

    @Test("edits and answers are kept in order, each save raising the version", arguments: StoreDriver.all)
    func saves(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (sheet, one, two) = try await Self.filled(store)
        let first = [Self.edit(2, 4, nil, 1, by: one), Self.edit(2, 5, 3, 2, by: one)]
        let second = [Self.edit(3, 5, 3, 9, by: two)]
        try await store.write {
            try $0.save(first.reversed(), of: sheet.id, at: 200)
            try $0.save(second, of: sheet.id, at: 201)
        }
        await #expect(throws: StoreError.conflict) {
            try await store.write { try $0.save([Self.edit(3, 6, 1, 1, by: one)], of: sheet.id, at: 202) }
        }
        let answer = SheetAnswer(rowKey: [1, 2], rule: "name-length", reason: [3], by: one.id, at: 203)
        let other = SheetAnswer(rowKey: [1, 2], rule: "rare-name", reason: [4], by: two.id, at: 204)
        let better = SheetAnswer(rowKey: [1, 2], rule: "name-length", reason: [5], by: two.id, at: 205)
        try await store.write {
            for answer in [answer, other, better] { try $0.save(answer, of: sheet.id) }
            try $0.describe(sheet.id, title: "七月成绩", awardDate: Self.day, at: 206)
        }
        try await store.reopened().read { (store: any StoreReading) throws in
            #expect(try store.edits(of: sheet.id) == first + second)
            #expect(try store.answers(of: sheet.id) == [better, other])
            let now = try store.sheet(sheet.id)
            #expect(now?.version == 6 && now?.changedAt == 206)
            #expect(now?.title == "七月成绩" && now?.awardDate == Self.day)
        }
        try await store.write { try $0.removeAnswers(toRow: [1, 2], of: sheet.id, at: 207) }
        #expect(try await store.read { try $0.answers(of: sheet.id) } == [])
        #expect(try await store.read { try $0.sheet(sheet.id) }?.version == 7)
    }

    @Test("a withdrawn sheet is written by nobody, and its files go after their time", arguments: StoreDriver.all)
    func ended(_ driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let (sheet, one, _) = try await Self.filled(store)
        let kept = try await store.write { try $0.insert(Self.new(2, by: one)) { _ in [[1], [2]] } }
        try await store.write {
            try $0.save([Self.edit(2, 5, 3, 2, by: one)], of: sheet.id, at: 150)
            try $0.withdraw(sheet.id, at: 200)
        }
        let attempts: [@Sendable (any StoreWriting) throws -> Void] = [
            { try $0.withdraw(sheet.id, at: 1) }, { try $0.describe(sheet.id, title: "", awardDate: nil, at: 1) },
            { try $0.save([Self.edit(3, 5, 3, 2, by: one)], of: sheet.id, at: 1) },
            { try $0.save(SheetAnswer(rowKey: [1], rule: "x", reason: [], by: one.id, at: 1), of: sheet.id) },
            { try $0.removeAnswers(toRow: [1], of: sheet.id, at: 1) },
            { _ = try $0.insert(SubmissionContract.new(of: sheet, by: one)) { _ in [] } },
        ]
        for attempt in attempts { await #expect(throws: StoreError.conflict) { try await store.write(attempt) } }
        #expect(
            try await store.read { try $0.sheet(ofFile: [1, 7], institution: Sample.institution.id) } == nil)
        try await store.write { try $0.removeFiles(endedBy: 199) }
        #expect(try await store.read { try $0.filePiece(0, of: sheet.id) } != nil)
        try await store.write { try $0.removeFiles(endedBy: 200) }
        try await store.read { (store: any StoreReading) throws in
            #expect(try store.filePiece(0, of: sheet.id) == nil)
            #expect(try store.edits(of: sheet.id) == [])
            #expect(try store.sheet(sheet.id)?.state == .withdrawn)
            #expect(try store.filePiece(0, of: kept.id) == [1])
        }
    }
}
