import Credential

package protocol BatchReading {
    func batch(_ id: BatchID) throws -> Batch?
    /// By the digest of its content.
    func batch(content: [UInt8]) throws -> Batch?
    /// By id.
    func batches() throws -> [Batch]
    /// Oldest first.
    func approvals(of batch: BatchID) throws -> [BatchApproval]
    /// SHA-256 of the photo that was approved for each row; rows without a photo are missing.
    func photos(of batch: BatchID) throws -> [Int: [UInt8]]
    /// Of one row; nil for none.
    func photo(ofRow row: Int, of batch: BatchID) throws -> [UInt8]?
    func progress(of batch: BatchID) throws -> BatchProgress
    /// In order of position.
    func unpreparedChunks(of batch: BatchID) throws -> [BatchChunk]
}

package protocol BatchWriting: BatchReading {
    /// Content that is already there is a ``StoreError/Code/conflict``.
    func insertBatch(
        content: [UInt8], institution: InstitutionID, awardDate: CalendarDate, _ approved: BatchApproval,
        chunks: [BatchChunk]
    ) throws -> Batch
    /// From now on this approval holds; the ones before it are kept.
    func approve(_ batch: BatchID, _ approved: BatchApproval) throws
    /// In place of those that were approved before.
    func save(photos: [Int: [UInt8]], of batch: BatchID) throws
    func markPrepared(_ position: Int, of batch: BatchID, skipped: Int) throws
    /// A batch that still lacks a chunk or a signature is a ``StoreError/Code/conflict``.
    func complete(_ batch: BatchID, at time: Int) throws
}
