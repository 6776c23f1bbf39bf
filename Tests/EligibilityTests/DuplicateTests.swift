import Eligibility
import Testing

@Suite struct DuplicateTests {
    private func key(_ number: Int) -> DuplicateIndex.Key { DuplicateIndex.Key(UInt64(number)) }

    @Test("23 an exact duplicate names the first row")
    func repetition() {
        var index = DuplicateIndex()
        #expect(index.insert(key: key(1), content: 1, sheetRow: 2) == .first)
        #expect(index.insert(key: key(2), content: 1, sheetRow: 3) == .first)
        #expect(index.insert(key: key(1), content: 1, sheetRow: 4) == .repeated(of: 2))
        #expect(index.insert(key: key(1), content: 1, sheetRow: 5) == .repeated(of: 2))
    }

    @Test("24 a contradiction draws in every earlier row, once")
    func contradiction() {
        var index = DuplicateIndex()
        for row in [2, 3] { _ = index.insert(key: key(1), content: 1, sheetRow: row) }
        #expect(index.insert(key: key(1), content: 2, sheetRow: 4) == .contradicts(earlier: [2, 3]))
        #expect(index.insert(key: key(1), content: 1, sheetRow: 5) == .contradicts(earlier: []))
        #expect(index.insert(key: key(1), content: 2, sheetRow: 6) == .contradicts(earlier: []))
        #expect(index.insert(key: key(2), content: 2, sheetRow: 7) == .first)
    }

    @Test("answers are those of a dictionary", arguments: [1, 7, 50, 2000])
    func model(keys: Int) {
        var index = DuplicateIndex()
        var seen: [Int: (rows: [Int], content: Int, isContradicted: Bool)] = [:]
        var state: UInt64 = UInt64(keys)
        for row in 2..<4000 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            let number = Int(state >> 33) % keys
            let content = Int(state >> 20) % 64 == 0 ? 1 : 0
            let answer = index.insert(key: key(number), content: UInt64(content), sheetRow: row)
            guard var known = seen[number] else {
                #expect(answer == .first)
                seen[number] = ([row], content, false)
                continue
            }
            if known.isContradicted {
                #expect(answer == .contradicts(earlier: []))
            } else if known.content == content {
                #expect(answer == .repeated(of: known.rows[0]))
            } else {
                #expect(answer == .contradicts(earlier: known.rows))
                known.isContradicted = true
            }
            known.rows.append(row)
            seen[number] = known
        }
    }

    @Test("23 many rows are told apart")
    func many() {
        var index = DuplicateIndex()
        let rows = 40_000
        let first = (0..<rows).filter { index.insert(key: key($0), content: 1, sheetRow: $0) != .first }
        let second = (0..<rows).filter {
            index.insert(key: key($0), content: 1, sheetRow: rows + $0) != .repeated(of: $0)
        }
        #expect(first.isEmpty && second.isEmpty)
    }
}
