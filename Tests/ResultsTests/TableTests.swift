import Files
import Results
import Testing

@Suite struct TableTests {
    private func roundTrip(_ rows: [[String]], byteOrderMark: Bool) throws -> [[String]] {
        var writer = CSVWriter(byteOrderMark: byteOrderMark)
        for row in rows { writer.append(row) }
        let file = try TemporaryFile(writer.take())
        let table = try CSVTable.read(path: file.path)
        return [table.header] + table.rows.map(\.cells)
    }

    @Test("what is written is read back", arguments: 0..<50)
    func roundTrip(seed: UInt64) throws {
        var random = SeededRandom(state: seed)
        let alphabet = Array("ab,\";|中·𠮷=+-@")
        func cell() -> String {
            String(
                (0..<Int.random(in: 1...8, using: &random)).compactMap { _ in alphabet.randomElement(using: &random) })
        }
        let rows = [["甲", "乙", "丙"]] + (0..<20).map { _ in [cell(), cell(), cell()] }
        // The reader takes off the apostrophe that the writer puts before what could be a formula.
        #expect(try roundTrip(rows, byteOrderMark: seed.isMultiple(of: 2)) == rows)
    }

    @Test("55 cells that could be formulas get an apostrophe", arguments: ["=1+1", "+1", "-1", "@a", "\tx", "\rx"])
    func formulas(cell: String) {
        var writer = CSVWriter(byteOrderMark: false)
        writer.append([cell])
        let written = String(decoding: writer.take(), as: UTF8.self)
        #expect(written.hasPrefix("'") || written.hasPrefix("\"'"))
    }

    @Test("tables skip blank rows, keep row numbers and pad short rows")
    func rows() throws {
        let file = try TemporaryFile(Array("\u{FEFF}编号;名称\n\n1; 甲 \n2\n;;\n".utf8))
        let table = try CSVTable.read(path: file.path)
        #expect(table.header == ["编号", "名称"])
        #expect(table.rows.map(\.row) == [3, 4])
        #expect(table.rows.map(\.cells) == [["1", "甲"], ["2", ""]])
    }

    @Test("a row wider than its header is refused, naming the row")
    func wide() throws {
        let file = try TemporaryFile(Array("a,b\n1,2,3\n".utf8))
        let problem = try #require(throws: SheetProblem.self) { _ = try CSVTable.read(path: file.path) }
        #expect(problem.code == .tooManyColumns && problem.row == 2)
    }
}
