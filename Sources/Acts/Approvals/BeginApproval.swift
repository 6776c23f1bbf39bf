import Accounts
import Approvals
import Credential
import Encodings
import Errors
import Signing
import Store
import WebAuthn

/// Asks an officer's browser to have a passkey sign exactly what would be issued.
package struct BeginApproval: Sendable {
    package struct Question: Sendable {
        /// What the page shows and hashes itself.
        package let statement: Statement
        package let options: RequestOptions
    }

    private let office: Office
    private let party: RelyingParty

    package init(in office: Office, party: RelyingParty) { (self.office, self.party) = (office, party) }

    /// - Parameters:
    ///   - proposal: of the frozen file, planned just now.
    ///   - count: of the certificates.
    ///   - answered: rows of it that somebody answered for.
    ///   - browser: the secret of the browser's cookie.
    ///   - passkey: which is to sign; without it the one that is on the roster, where that can be read.
    package func callAsFunction(
        _ submission: Submission, _ proposal: BatchProposal, count: Int, answered: Int, by account: Account,
        in browser: String,
        passkey: [UInt8]? = nil, at time: Int
    ) async throws -> Question {
        try submission.requireApprovable(by: account.id)
        let (content, passkeys) = try await office.store.read {
            (
                try $0.content(of: submission, proposal.statement, count: count, answered: answered),
                try $0.passkeys(of: account.id)
            )
        }
        let chosen = try choose(among: passkeys, passkey, for: submission.institution, at: time)
        let statement = try await office.statement(of: content, for: account.id, key: chosen.id, at: time)
        let challenge = PasskeyChallenge(
            browser: try SHA256.digest(browser.utf8), purpose: .approve, challenge: try statement.challenge,
            account: account.id, statement: statement.bytes, expiresAt: time + Statement.pageSeconds)
        try await office.store.write { try $0.save(challenge, at: time) }
        return Question(
            statement: statement,
            options: RequestOptions(
                party, challenge: challenge.challenge, passkey: chosen.id, seconds: Statement.pageSeconds))
    }

    private func choose(
        among passkeys: [Passkey], _ wanted: [UInt8]?, for institution: InstitutionID, at time: Int
    ) throws -> Passkey {
        let roster = try? office.roster()
        let good = passkeys.filter { passkey in
            guard wanted.map({ $0 == passkey.id }) ?? true else { return false }
            guard let roster, !roster.approvers.isEmpty else { return !passkey.isBackupEligible }
            let approver = roster.approver(passkey.account, passkey.id)
            return approver.map { $0.isGood(at: time) && $0.institutions?.contains(institution) ?? true } ?? false
        }
        guard let chosen = good.first else {
            throw ApprovalError(
                .unknownApprover, zh: "您的通行密钥还不在审批人名册里；请管理员在签发机上添加",
                en:
                    "none of your passkeys is on the roster of approvers; ask for it to be added where certificates are signed",
                remedy: .addApprover
            )
        }
        return chosen
    }
}

extension Submission {
    /// By an officer who had no hand in it, and who reviews it where somebody does.
    fileprivate func requireApprovable(by account: AccountID) throws {
        guard !contributors.contains(account) else {
            throw ApprovalError(
                .contributor, zh: "您经手过这份报送，不能批准；请由另一位审批员批准",
                en: "you had a hand in this submission; another officer must approve it")
        }
        guard state == .inReview, reviewer == account else {
            throw ApprovalError(
                .notYet, zh: "请先领取并审核这份报送，再批准", en: "claim and review this submission before you approve it")
        }
    }
}
