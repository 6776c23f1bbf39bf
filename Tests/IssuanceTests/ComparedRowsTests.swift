import Errors
import Results
import Testing

@testable import Issuance

@Suite("Rows put aside for comparison")
struct ComparedRowsTests {
    private func row(_ number: Int, of person: UInt64, _ kind: ComparedRow.Kind = .certifiable) -> ComparedRow {
        ComparedRow(person: person, name: 1, scope: 2, content: 3, row: UInt32(number), kind: kind)
    }

    @Test("come back once each, in order, from memory or from the file", arguments: [1, 7, 100, 5000])
    func roundTrip(mostInMemory: Int) throws {
        var rows = ComparedRows(mostInMemory: mostInMemory)
        for number in (1...1000).reversed() {
            try rows.append(row(number, of: UInt64(number % 300), number % 10 == 0 ? .resit : .certifiable))
        }
        var seen: [Int] = []
        for index in 0..<ComparedRows.portionCount {
            let portion = try rows.portion(index)
            #expect(portion.allSatisfy { Int($0.person % 64) == index && $0.person == UInt64($0.row % 300) })
            let order = portion.map { ($0.kind == .resit ? 1 : 0, $0.row) }
            #expect(zip(order, order.dropFirst()).allSatisfy(<))
            seen += portion.map { Int($0.row) }
        }
        #expect(seen.sorted() == Array(1...1000))
    }

    @Test("a folder that is not there is said, with what to do")
    func noFolder() {
        var rows = ComparedRows(mostInMemory: 1, folder: "/no/such/folder")
        let error = #expect(throws: IssuanceError.self) { try rows.append(row(1, of: 1)) }
        #expect(error?.code == .temporaryFile && error?.words.en.contains("TMPDIR") == true)
    }
}
