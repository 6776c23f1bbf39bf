import Credential
import Issuance
import Pipelines
import Rendering
import Store

/// A certificate of which no document could be made, and why.
package struct DocumentRefusal: Sendable {
    package let number: CertificateNumber
    package let problem: DocumentProblem
}

/// Makes the first prints of a batch on all cores, in order, in bounded memory.
package struct DocumentRun: Sendable {
    private static let pageSize = 512
    private static let sliceSize = 8

    let store: any HolderStore
    let pool: MakerPool
    let look: ApprovedLook
    /// Seconds since 1970.
    let now: @Sendable () -> Int

    package init(
        store: any HolderStore, pool: MakerPool, look: ApprovedLook, now: @escaping @Sendable () -> Int
    ) {
        self.store = store
        self.pool = pool
        self.look = look
        self.now = now
    }

    /// - Parameters:
    ///   - isDone: leaves out what an earlier run has made.
    ///   - consume: receives the documents of a page of certificates, and those that could not be made.
    ///     What it returns from is done.
    package func run(
        _ batch: BatchID, isDone: @escaping @Sendable (SealedVersion) -> Bool,
        consume: ([MadeDocument], [DocumentRefusal], _ passedOver: Int) async throws -> Void
    ) async throws {
        var ready = try await page(of: batch, after: nil, isDone)
        while let current = ready {
            // Drawn while the ones before it are made durable: neither waits for the other.
            async let following = page(of: batch, after: current.last, isDone)
            try await consume(current.made, current.refused, current.passedOver)
            ready = try await following
        }
    }

    private struct Page: Sendable {
        let made: [MadeDocument]
        let refused: [DocumentRefusal]
        let passedOver: Int
        /// The key of its last certificate.
        let last: CertificateKey
    }

    /// - Returns: nil after the last.
    private func page(
        of batch: BatchID, after: CertificateKey?, _ isDone: @Sendable (SealedVersion) -> Bool
    ) async throws -> Page? {
        let page = try await store.read { try $0.newestSealedVersions(of: batch, after: after, limit: Self.pageSize) }
        guard let newest = page.last else { return nil }
        let wanted = page.filter { !isDone($0) }
        let (made, refused) = try await make(wanted)
        return Page(
            made: made, refused: refused, passedOver: page.count - wanted.count, last: newest.key.certificate)
    }

    private func make(_ versions: [SealedVersion]) async throws -> ([MadeDocument], [DocumentRefusal]) {
        var (made, refused): ([MadeDocument], [DocumentRefusal]) = ([], [])
        var start = 0
        try await OrderedPipeline.run(
            next: {
                guard start < versions.count else { return nil }
                defer { start += Self.sliceSize }
                return Array(versions[start..<min(start + Self.sliceSize, versions.count)])
            },
            transform: { slice in try makeSlice(slice) },
            consume: { outcomes in
                for outcome in outcomes {
                    switch outcome {
                    case .success(let document): made.append(document)
                    case .failure(let refusal): refused.append(refusal)
                    }
                }
            })
        return (made, refused)
    }

    private enum Outcome: Sendable {
        case success(MadeDocument)
        case failure(DocumentRefusal)
    }

    private func makeSlice(_ versions: [SealedVersion]) throws -> [Outcome] {
        try pool.withMaker { maker in
            try versions.map { version in
                do {
                    return .success(try maker.make(version, serial: 1, look: look, now: now()))
                } catch let problem as DocumentProblem {
                    return .failure(DocumentRefusal(number: version.number, problem: problem))
                }
            }
        }
    }
}
