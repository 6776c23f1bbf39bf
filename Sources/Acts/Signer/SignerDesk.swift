import Approvals
import Audit
import Credential
import Errors
import Signing
import Store

/// Takes up what officers approved, one after the other, while it has the passphrase of the keys.
package actor SignerDesk {
    /// How it stands, for people.
    package struct State: Hashable, Sendable {
        package let isLocked: Bool
        /// Approvals of which nothing became yet.
        package let waiting: Int
        /// Why some of them wait.
        package let problem: BilingualText?
    }

    private static let mostAtOnce = 32
    /// Seconds until something is tried again, from the first time on to the longest.
    private static let (firstPause, longestPause) = (2, 60)

    private struct Pause {
        var until: Int
        var seconds: Int
        var problem: BilingualText
    }

    private let office: Office
    private let owner: String
    private let open: SignSubmission.Opening
    private let keys: KeyLock
    private var history = ApprovalHistory()
    private var pauses: [EvidenceID: Pause] = [:]

    /// - Parameter owner: of leases, such as `signer-3fa2`.
    package init(in office: Office, owner: String, keys: KeyLock, open: @escaping SignSubmission.Opening) {
        (self.office, self.owner, self.keys, self.open) = (office, owner, keys, open)
    }

    /// - Throws: when it opens no key; the desk is as it was then.
    package func unlock(_ passphrase: Passphrase) throws {
        _ = try PublishStatusLists(in: office, passphrase: passphrase)
        keys.open(passphrase)
        pauses = [:]
    }

    package func lock() { keys.close() }

    package func state() async throws -> State {
        State(
            isLocked: keys.passphrase == nil, waiting: try await waiting().count,
            problem: pauses.values.max { $0.until < $1.until }?.problem)
    }

    /// Takes up everything that waits; locked, nothing.
    ///
    /// - Returns: what became of each.
    package func round(at time: Int) async throws -> [(ApprovalEvidence, SignSubmission.Outcome)] {
        guard let passphrase = keys.passphrase else { return [] }
        let waiting = try await waiting().filter { pauses[$0.id].map { $0.until <= time } ?? true }
        guard !waiting.isEmpty else { return [] }
        let check = try await office.approvalCheck(after: history)
        history = check.history
        let sign = SignSubmission(in: office, owner: owner, passphrase: passphrase, open: open)
        var outcomes: [(ApprovalEvidence, SignSubmission.Outcome)] = []
        for evidence in waiting {
            guard keys.passphrase != nil, !Task.isCancelled else { break }
            do {
                outcomes.append((evidence, try await sign(evidence, by: check)))
                pauses[evidence.id] = nil
            } catch { pause(evidence.id, error, at: time) }
        }
        return outcomes
    }

    private func waiting() async throws -> [ApprovalEvidence] {
        try await office.store.read { try $0.openEvidence(limit: Self.mostAtOnce) }
            .filter { $0.signed.act == StatementAct.issue.rawValue }
    }

    private func pause(_ id: EvidenceID, _ error: any Error, at time: Int) {
        let seconds = min(pauses[id].map { $0.seconds * 2 } ?? Self.firstPause, Self.longestPause)
        pauses[id] = Pause(until: time + seconds, seconds: seconds, problem: error.explanation)
    }
}
