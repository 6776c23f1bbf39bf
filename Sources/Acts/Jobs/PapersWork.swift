import Errors
import Jobs
import Store

/// A list, ledger or sheet of labels of a batch, which need no key.
package struct PapersWork: JobWork {
    private let file: BatchFile
    private let office: Office

    private init(_ file: BatchFile, in office: Office) { (self.file, self.office) = (file, office) }

    /// One for each file but the documents.
    package static func all(in office: Office) -> [PapersWork] {
        BatchFile.allCases.filter { $0 != .documents }.map { PapersWork($0, in: office) }
    }

    package var kind: String { file.rawValue }

    package func run(_ job: Job, at desk: JobDesk) async throws -> JobResult? {
        let batch = try await job.batch(in: office.store)
        let papers = BatchPapers([batch], in: office)
        let total = try await office.store.read { try $0.progress(of: batch.id).sealed }
        desk.report(0, of: total)
        let path = try await JobFolder.open(for: job.id, in: office)
        defer { JobFolder.remove(path) }
        let (name, made) = (file.fileName(of: batch.id), path + "/file")
        switch file {
        case .documents: return nil
        case .issuedList: _ = try await IssuedList(in: office).write(batch.id, to: made)
        case .ledger: _ = try await papers.writeLedger(to: made)
        case .ledgerWorkbook: _ = try await papers.writeLedgerWorkbook(to: made)
        case .labels: _ = try await papers.writeLabels(to: made)
        }
        desk.report(total, of: total)
        return try await desk.keep(fileAt: made, named: name, type: file.mediaType)
    }
}
