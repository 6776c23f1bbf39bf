import Acts
import Audit
import Credential
import Documents
import Errors
import HomeFolder
import Issuance
import Logging
import Lookup
import Parsing
import Signing
import Store
import Synchronization

/// The documents of a home, made as they are asked for.
package final class HomeDocuments: DocumentSource {
    private let home: Home
    private let store: any HolderStore
    private let authority: Authority
    private let look: LookChoice
    private let passphrase: Passphrase
    private let photos: PhotoDesk?
    private let workers: ParsingPool
    private let logger: Logger
    private let record: RecordHealth
    /// A document takes milliseconds of a core: those that wait are drawn within a second.
    private let drawing = WaitingLine("documents", most: 100, retrySeconds: 2, busy: .documents)
    private let pools = Mutex<[InstitutionID: MakerPool]>([:])
    /// To be run beside the server.
    package let downloads: DownloadCount

    package init(
        home: Home, store: any Store, look: LookChoice, passphrase: Passphrase, photos: PhotoDesk?,
        record: RecordHealth, workers: ParsingPool, logger: Logger
    ) {
        (self.home, self.store, self.look, self.passphrase) = (home, store.forHolders, look, passphrase)
        (self.photos, self.record, self.workers, self.logger) = (photos, record, workers, logger)
        authority = Authority(home.trail(of: store.forAudits)) { try await record.requireForAct() }
        downloads = DownloadCount(store: self.store, authority: authority, record: record, logger: logger)
    }

    package func document(number: CertificateNumber) async throws -> (name: String, bytes: [UInt8])? {
        guard let version = try await store.read({ try $0.sealedVersions(number: number) }).first,
            let batch = try await batch(version.batch.value)
        else { return nil }
        let prints = try await store.read { try $0.prints(of: version.key.certificate) }
        let serial = prints.filter { $0.key == version.key }.map(\.serial).max() ?? 1
        let pool = try pool(of: batch.institution)
        let look = try await look(of: batch, row: version.sheetRow, pool.settings)
        let document = try await drawing.run {
            try pool.withMaker { try $0.make(version, serial: serial, look: look, now: Clock.now()) }
        }
        try await downloads.add(document, Self.approval)
        return (document.fileName, document.bytes)
    }

    package func hasBatch(_ number: Int64) async throws -> Bool {
        try await record.requireForAct()
        return try await batch(number) != nil
    }

    package func archive(batch number: Int64, write: ([UInt8]) async throws -> Void) async throws {
        guard let batch = try await batch(number) else { return }
        let pool = try pool(of: batch.institution)
        let look = try await look(of: batch, pool.settings)
        let run = DocumentRun(store: store, pool: pool, look: look, now: Clock.now)
        let zip = try ZipStream()
        var entries: [ManifestEntry] = []
        var problems: [String] = []
        try await run.run(
            batch.id, isDone: { _ in false },
            consume: { documents, refused, _ in
                try await keep(documents, of: batch)
                for document in documents {
                    try zip.add(document.fileName, document.bytes, time: Clock.now())
                    try await write(zip.take())
                }
                entries += documents.map(ManifestEntry.init)
                problems += refused.map { "\($0.number): \($0.problem)" }
                problems += documents.compactMap { made in made.photoProblem.map { "\(made.number): \($0)" } }
            })
        try zip.add(DocumentManifest.fileName, DocumentManifest.text(entries, withHeader: true), time: Clock.now())
        if !problems.isEmpty {
            try zip.add("missing.txt", Array(problems.joined(separator: "\n").utf8), time: Clock.now())
        }
        try zip.finish()
        try await write(zip.take())
    }

    private func look(of batch: Batch, row: Int? = nil, _ settings: DocumentSettings) async throws -> ApprovedLook {
        do { return try await ApprovedLook(of: batch, row: row, settings, photos: photos, in: store) } catch let error
            as PrintingError where error.code == .notAsApproved
        {
            logger.warning("\(error.words.en)")
            throw DocumentsNotApproved()
        }
    }

    private func keep(_ documents: [MadeDocument], of batch: Batch) async throws {
        let approval = Self.approval
        try await authority.carryOut(.print, by: .server) {
            try await PrintJournal(store: store).record(documents, of: batch.id, approval)
            return ((), approval.time)
        }
    }

    private static var approval: Approval { Approval(actor: "server", reason: "download", time: Clock.now()) }

    private func batch(_ number: Int64) async throws -> Batch? {
        try await store.read { try $0.batch(BatchID(number)) }.flatMap { $0.completedAt == nil ? nil : $0 }
    }

    private func pool(of institution: InstitutionID) throws -> MakerPool {
        try pools.withLock { pools in
            if let pool = pools[institution] { return pool }
            let pool = MakerPool(
                try InstitutionLooks(home, workers: workers).settings(
                    of: institution, look, passphrase: passphrase))
            pools[institution] = pool
            return pool
        }
    }
}
