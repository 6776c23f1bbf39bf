import Audit
import Credential
import Documents
import Errors
import Files
import Jobs
import Signing
import Store

/// The signed PDFs of a batch in one ZIP. Done where the keys are, once they are unlocked.
package struct DocumentsWork: JobWork {
    private let office: Office
    private let passphrase: @Sendable () -> Passphrase?

    /// - Parameter passphrase: of the keys that sign documents; nil while they are locked.
    package init(in office: Office, passphrase: @escaping @Sendable () -> Passphrase?) {
        (self.office, self.passphrase) = (office, passphrase)
    }

    package var kind: String { BatchFile.documents.rawValue }
    package var isReady: Bool { passphrase() != nil }

    package func run(_ job: Job, at desk: JobDesk) async throws -> JobResult? {
        guard let passphrase = passphrase() else {
            throw Refusal(.busy, zh: "签名密钥已锁上", en: "the signing keys are locked")
        }
        let batch = try await job.batch(in: office.store)
        let total = try await office.store.read { try $0.progress(of: batch.id).sealed }
        desk.report(0, of: total)
        let path = try await JobFolder.open(for: job.id, in: office)
        let result = try await make(batch, total, in: path, for: job, passphrase, desk)
        JobFolder.remove(path)
        return result
    }

    private func make(
        _ batch: Batch, _ total: Int, in path: String, for job: Job, _ passphrase: Passphrase, _ desk: JobDesk
    ) async throws -> JobResult {
        let folder = try DocumentFolder(path + "/documents")
        defer { folder.close() }
        let act = MakeDocuments(in: office, look: LookChoice(), photos: nil, reason: "job \(job.id.value)")
        let outcome = try await act([batch], into: folder, by: actor(of: job), passphrase: passphrase) {
            desk.report($0.done, of: total)
        }
        if let refused = outcome.refusals.first {
            throw Refusal(
                .conflict, zh: "\(outcome.refusals.count) 份证书没有做成文件，第一份是 \(refused.number)：\(refused.problem)",
                en:
                    "\(outcome.refusals.count) certificates have no document, the first is \(refused.number): \(refused.problem)"
            )
        }
        let packed = path + "/documents.zip"
        let file = try OutputFile(packed, mode: 0o600)
        try folder.pack(time: Clock.now()) { try file.write($0) }
        try file.commit()
        return try await desk.keep(
            fileAt: packed, named: BatchFile.documents.fileName(of: batch.id), type: BatchFile.documents.mediaType)
    }

    private func actor(of job: Job) -> Actor {
        Actor(job.asked.by?.actorName ?? Actor.server.name, by: .server, may: [.print])
    }
}
