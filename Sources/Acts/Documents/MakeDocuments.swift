import Audit
import Credential
import Documents
import Issuance
import Signing
import Store

/// Draws and signs the documents of batch after batch into a folder. Stopped at any moment and run again, it goes on.
package struct MakeDocuments: Sendable {
    package struct Outcome: Sendable {
        package var made = 0
        package var passedOver = 0
        package var refusals: [DocumentRefusal] = []
        /// Certificates without a photo although files are there.
        package var withoutPhoto: [(number: CertificateNumber, problem: HolderPhoto.Problem)] = []

        package var done: Int { made + passedOver + refusals.count }
    }

    private let office: Office
    private let look: LookChoice
    private let photos: PhotoDesk?
    private let reason: String

    package init(in office: Office, look: LookChoice, photos: PhotoDesk?, reason: String) {
        (self.office, self.look, self.photos, self.reason) = (office, look, photos, reason)
    }

    /// - Parameter passphrase: of the keys that sign documents.
    package func callAsFunction(
        _ batches: [Batch], into folder: DocumentFolder, by actor: Actor, passphrase: Passphrase,
        onProgress: (Outcome) -> Void
    ) async throws -> Outcome {
        let looks = InstitutionLooks(in: office)
        // The next institution's key is opened, which is slow on purpose, while this one's documents are drawn.
        @Sendable func settings(_ batch: Batch?) async throws -> DocumentSettings? {
            try batch.map { try looks.settings(of: $0.institution, look, passphrase: passphrase) }
        }
        var outcome = Outcome()
        return try await office.carryOut(.print, by: actor) {
            var ready = try await settings(batches.first)
            for (batch, next) in zip(batches, batches.dropFirst().map(Optional.some) + [nil]) {
                async let following = settings(next)
                if let ready {
                    try await make(batch, ready, into: folder, by: actor) {
                        $0(&outcome)
                        onProgress(outcome)
                    }
                }
                ready = try await following
            }
            return outcome
        }
    }

    private func make(
        _ batch: Batch, _ settings: DocumentSettings, into folder: DocumentFolder, by actor: Actor,
        count: ((inout Outcome) -> Void) -> Void
    ) async throws {
        let look = try await ApprovedLook(of: batch, settings, photos: photos, in: office.store.forHolders)
        let run = DocumentRun(store: office.store.forHolders, pool: MakerPool(settings), look: look, now: Clock.now)
        try await run.run(
            batch.id, isDone: { folder.has(number: $0.number.text, version: $0.key.version) },
            consume: { documents, refused, skipped in
                let approval = Approval(actor: actor.name, reason: reason, time: Clock.now())
                try await PrintJournal(store: office.store.forHolders).record(documents, of: batch.id, approval)
                try folder.add(documents)
                count { outcome in
                    outcome.made += documents.count
                    outcome.passedOver += skipped
                    outcome.refusals += refused
                    outcome.withoutPhoto += documents.compactMap { document in
                        document.photoProblem.map { (document.number, $0) }
                    }
                }
            })
    }
}
