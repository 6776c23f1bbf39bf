/// What a file of results is, without its rows. Plain data: it may come from another process.
package struct SheetOutline: Codable, Sendable {
    package let tables: [SheetLayout]
    package let encoding: SheetEncoding?
    package let findings: [Finding]
    package let declarations: [Declaration]

    /// Whether it hangs together, whoever wrote it.
    package var isSound: Bool {
        !tables.isEmpty && tables.allSatisfy(\.isSound) && tables[0].rowBase == 0
            && zip(tables, tables.dropFirst()).allSatisfy { $0.rowBase < $1.rowBase }
    }
}

extension SheetLayout {
    fileprivate var isSound: Bool {
        // Only this process freezes sheets.
        form != .frozen && headers.count <= Self.maximumColumns && (0...1 << 40).contains(rowBase)
            && (1...1 << 21).contains(headerRow)
            && Field.allCases.allSatisfy { column(of: $0).map(headers.indices.contains) ?? true }
    }
}

extension SheetChunk {
    /// Whether it can be cut into rows of this table, whoever wrote it.
    package func isSound(in table: SheetLayout) -> Bool {
        guard index >= 0, (1...1 << 40).contains(firstRow), (1...10_000).contains(rowCount) else { return false }
        guard case .typed = table.form else { return true }
        return bytes.withUnsafeBytes { TypedRecord.areSound($0, count: rowCount) }
    }
}

/// Reads a file's rows again from the first one on, elsewhere than in this process.
package protocol SheetOpener: Sendable {
    func open() -> any ChunkSource
}

/// Hands over chunks in their order.
package protocol ChunkSource: AnyObject {
    /// Nil after the last chunk.
    func next() throws(SheetProblem) -> SheetChunk?
}
