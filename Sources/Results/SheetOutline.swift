/// What a file of results is, without its rows. Plain data: it may come from another process.
package struct SheetOutline: Codable, Sendable {
    package let tables: [SheetLayout]
    package let encoding: SheetEncoding?
    package let findings: [Finding]
    package let declarations: [Declaration]
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
