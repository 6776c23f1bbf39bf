import Credential
import Store

/// Everything that a store shows, to be compared as one value.
struct Inventory: Equatable, Sendable {
    let institutions: [Institution]
    let filings: [Filing]
    let batches: [Batch]
    let progress: [BatchProgress]
    let chunks: [BatchChunk]
    let unsigned: [UnsignedVersion]
    let sealed: [SealedVersion]
    let nextSerial: Int

    init(_ store: any StoreReading) throws {
        institutions = try store.institutions()
        filings = try institutions.flatMap { try store.filings(of: $0.id) }
        batches = try store.batches()
        progress = try batches.map { try store.progress(of: $0.id) }
        chunks = try batches.flatMap { try store.unpreparedChunks(of: $0.id) }
        unsigned = try batches.flatMap { try store.unsignedVersions(of: $0.id, limit: 1000) }
        sealed = try store.sealedVersions(of: nil, after: nil, limit: 1000)
        nextSerial = try store.nextSerial(in: "Y263")
    }
}
