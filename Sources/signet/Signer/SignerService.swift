import Acts
import Approvals
import Credential
import Errors
import Logging
import ServiceLifecycle
import Store

/// Looks once a second, or when it is poked, for what was approved.
struct SignerService: Service {
    private let desk: SignerDesk
    private let pokes: AsyncStream<Void>
    private let poked: AsyncStream<Void>.Continuation
    private let logger: Logger

    init(_ desk: SignerDesk, logger: Logger) {
        (self.desk, self.logger) = (desk, logger)
        (pokes, poked) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    func poke() { poked.yield() }

    func run() async throws {
        await cancelWhenGracefulShutdown {
            await withTaskGroup(of: Void.self) { group in
                group.addTask {
                    while !Task.isCancelled {
                        poke()
                        try? await Task.sleep(for: .seconds(1))
                    }
                }
                group.addTask { for await _ in pokes where !Task.isCancelled { await round() } }
            }
        }
    }

    private func round() async {
        do {
            for (evidence, outcome) in try await desk.round(at: Clock.now()) { tell(evidence, outcome) }
        } catch { logger.error("the signer waits: \(error.explanation.en)") }
    }

    /// Without a word of a person.
    private func tell(_ evidence: ApprovalEvidence, _ outcome: SignSubmission.Outcome) {
        switch outcome {
        case .issued(let batch, let count):
            logger.notice("\(evidence.signed.subject): issued \(count) certificates as batch \(batch.value)")
        case .refused(let words): logger.warning("\(evidence.signed.subject): refused: \(words.en)")
        case .taken: break
        }
    }
}
