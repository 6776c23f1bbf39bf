import Accounts
import Approvals
import Audit
import AuditLog
import Errors
import Signing
import Store
import WebAuthn

/// Takes what a passkey signed: the submission is approved, and whoever signs certificates checks it all again.
package struct ApproveSubmission: Sendable {
    private let office: Office
    private let party: RelyingParty

    package init(in office: Office, party: RelyingParty) { (self.office, self.party) = (office, party) }

    /// - Parameter browser: the secret of the browser's cookie.
    @discardableResult
    package func callAsFunction(
        _ response: AssertionResponse, of submission: SubmissionID, by account: Account, in browser: String,
        as actor: Actor, at time: Int
    ) async throws -> ApprovalEvidence {
        let asked = try await spend(browser, at: time)
        let statement = try Statement(asked.statement)
        guard asked.account == account.id, statement.account == account.id,
            statement.credential == response.credentialID
        else { throw AccountError.ceremonyOver }
        try await verify(response, asked.challenge, of: account, at: time)
        let signed = SignedStatement(
            statement, subject: "submission \(submission.value)", authenticatorData: response.authenticatorData,
            clientDataJSON: response.clientDataJSON, signature: response.signature)
        return try await office.perform(KeepApproval(signed, of: submission), by: actor, at: time)
    }

    private func spend(_ browser: String, at time: Int) async throws -> PasskeyChallenge {
        let browser = try SHA256.digest(browser.utf8)
        do {
            return try await office.store.write { try $0.spendChallenge(of: browser, for: .approve, at: time) }
        } catch let error as StoreError where error.code == .notFound { throw AccountError.ceremonyOver }
    }

    /// So that a slip is told at once; what is signed rests on the roster's key.
    private func verify(
        _ response: AssertionResponse, _ challenge: [UInt8], of account: Account, at time: Int
    ) async throws {
        let passkey = try await office.store.read { try $0.passkey(id: response.credentialID) }
        guard let passkey, passkey.account == account.id else { throw AccountError.passkeyUnknown }
        // An authenticator that was asked for one passkey may leave the handle out.
        let handle = response.userHandle.isEmpty ? [] : account.handle
        let verified = try party.verify(
            response, challenge: challenge,
            credential: CredentialRecord(
                id: passkey.id, userHandle: handle, cose: passkey.cose, counter: UInt32(clamping: passkey.counter),
                isBackupEligible: passkey.isBackupEligible))
        try await office.store.write {
            try $0.recordUse(
                ofPasskey: passkey.id, counter: Int(verified.counter), isDoubtful: !verified.hasCounterRisen, at: time)
        }
    }
}

extension ReviewReading {
    /// Whether every row that was drawn for its review is as in the record of the exam.
    fileprivate func isCompared(_ submission: SubmissionID) throws -> Bool {
        guard let review = try review(of: submission) else { return false }
        let right = try ticks(of: submission).filter(\.isRight).map(\.row)
        return right == review.rows
    }
}

/// Keeps a signed statement, with which the submission waits for whoever signs.
private struct KeepApproval: Act {
    private let signed: SignedStatement
    private let submission: SubmissionID

    init(_ signed: SignedStatement, of submission: SubmissionID) {
        (self.signed, self.submission) = (signed, submission)
    }

    var permission: Permission { .approve }

    func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws -> ApprovalEvidence {
        guard try transaction.isCompared(submission) else {
            throw ApprovalError(
                .notYet, zh: "还有行没有与考试记录核对，或核对不符；没有批准",
                en:
                    "some rows are not compared with the record of the exam yet, or differ from it; nothing was approved"
            )
        }
        try transaction.setState(.approved, of: submission, batch: nil, at: time)
        let evidence = try transaction.insert(signed, at: time)
        try transaction.append(try AuditAct(signing: evidence))
        return evidence
    }
}
