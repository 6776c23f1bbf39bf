import Credential
import Errors
import Signing
import Store
import WebAuthn

/// What was to be approved, made anew by whoever checks.
package struct ApprovedContent: Sendable {
    package let act: StatementAct
    package let digest: [UInt8]
    package let lines: [String]
    /// Whose thing it is; nil for what belongs to none.
    package let institution: InstitutionID?
    /// Who had a hand in it, and so may not approve it.
    package let contributors: Set<AccountID>

    package init(
        _ act: StatementAct, digest: [UInt8], lines: [String], institution: InstitutionID?,
        contributors: Set<AccountID>
    ) {
        (self.act, self.digest, self.lines) = (act, digest, lines)
        (self.institution, self.contributors) = (institution, contributors)
    }
}

/// Checks signed statements against the roster and the record of acts, and believes nothing else.
package struct ApprovalCheck: Sendable {
    package let roster: Roster
    package let history: ApprovalHistory
    private let root: KeyID

    /// - Parameter root: of the installation.
    package init(_ roster: Roster, _ history: ApprovalHistory, root: KeyID) {
        (self.roster, self.history, self.root) = (roster, history, root)
    }

    /// Whether an approver signed it, in time, after what the record had then. Says nothing about what was approved.
    ///
    /// - Parameters:
    ///   - place: where the record has it.
    ///   - hashes: of the record's entries, by their sequence.
    ///   - counter: of the key's last use, where it counts.
    package func statement(
        of signed: SignedStatement, at place: ApprovalHistory.Place, after counter: UInt32? = nil,
        hashes: (Int) throws -> [UInt8]?
    ) throws -> Statement {
        let statement = try Statement(signed.statement)
        guard signed.act == statement.act.rawValue, signed.subjectDigest == statement.subjectDigest,
            signed.account == statement.account, signed.credential == statement.credential
        else { throw ApprovalError.malformed("what stands beside it") }
        guard statement.root == root else {
            throw ApprovalError(
                .wrongInstallation, zh: "这份批准属于另一个系统", en: "the approval is of another installation")
        }
        let approver = try approver(of: statement, at: place)
        try check(signed, statement, by: approver, after: counter)
        let seconds = approver.isPasskey ? Statement.pageSeconds : Statement.fileSeconds
        guard statement.time <= place.time, place.time <= statement.time + seconds else {
            throw ApprovalError(
                .late, zh: "批准书已过时限；请重新生成并签署", en: "the statement is past its time; make and sign it again")
        }
        guard statement.sequence < place.sequence, try hashes(statement.sequence) == statement.hash else {
            throw ApprovalError(
                .wrongPlace, zh: "批准书所引的操作记录不是这里的记录", en: "the statement names a record of acts that is not this one")
        }
        return statement
    }

    /// Whether just this was approved, by somebody who may.
    package func require(_ content: ApprovedContent, approvedBy statement: Statement) throws {
        guard statement.act == content.act else {
            throw ApprovalError(.wrongAct, zh: "所批准的是另一种操作", en: "another kind of act was approved")
        }
        guard statement.subjectDigest == content.digest else {
            throw ApprovalError(
                .wrongContent, zh: "所批准的内容与现在的不同；请重新查看后再批准",
                en: "what was approved is not what would be done now; look at it again and approve that")
        }
        guard statement.lines == content.lines else {
            throw ApprovalError(
                .wrongLines, zh: "批准书所述与现在的情况不同；请重新查看后再批准",
                en: "what the statement says is not so now; look at it again and approve that")
        }
        let scope = roster.approver(statement.account, statement.credential)?.institutions
        let isInScope = scope.map { scope in content.institution.map(scope.contains) ?? false } ?? true
        guard isInScope else {
            throw ApprovalError(
                .outOfScope, zh: "批准人无权批准该机构的内容", en: "the approver may not approve for this institution")
        }
        guard !content.contributors.contains(statement.account) else {
            throw ApprovalError(
                .contributor, zh: "批准人经手过所批的内容；请由另一人批准",
                en: "the approver had a hand in what was approved; another person must approve it")
        }
    }

    private func approver(of statement: Statement, at place: ApprovalHistory.Place) throws -> Approver {
        guard let approver = roster.approver(statement.account, statement.credential) else {
            throw ApprovalError(
                .unknownApprover, zh: "批准所用的密钥不在审批人名册里", en: "the key that approved is not on the roster of approvers")
        }
        try roster.require(approver)
        guard approver.from <= statement.time else {
            throw ApprovalError(.notYet, zh: "该审批人的权限还没有开始", en: "the approver's time had not begun")
        }
        guard approver.isGood(at: statement.time) else {
            throw ApprovalError(.ended, zh: "该审批人的权限已经结束", en: "the approver's time had ended")
        }
        guard try history.has(approver, at: place.sequence) else {
            throw ApprovalError(
                .unknownApprover, zh: "按操作记录，批准所用的密钥当时不在审批人名册里",
                en: "by the record of acts the key that approved was not on the roster then")
        }
        return approver
    }

    private func check(
        _ signed: SignedStatement, _ statement: Statement, by approver: Approver, after counter: UInt32?
    ) throws {
        switch approver.key {
        case .file(let spki):
            let isRight = try Verifier(PublicKey(spki: spki)).isValid(signed.signature, for: signed.statement)
            guard isRight, signed.authenticatorData.isEmpty, signed.clientDataJSON.isEmpty else {
                throw ApprovalError(.wrongSignature, zh: "批准的签名不对", en: "the signature of the approval is wrong")
            }
        case .passkey(let cose, let first, let isBackupEligible):
            guard let origin = roster.origin else {
                throw ApprovalError(.unknownApprover, zh: "名册没有门户的地址", en: "the roster has no portal's origin")
            }
            // The handle names an account at sign-in; here the roster does.
            let response = AssertionResponse(
                credentialID: signed.credential, userHandle: [], clientDataJSON: signed.clientDataJSON,
                authenticatorData: signed.authenticatorData, signature: signed.signature)
            let verified = try RelyingParty(origin: origin).verify(
                response, challenge: statement.challenge,
                credential: CredentialRecord(
                    id: approver.credential, userHandle: [], cose: cose, counter: counter ?? first,
                    isBackupEligible: isBackupEligible))
            guard verified.hasCounterRisen else {
                throw ApprovalError(
                    .counter, zh: "通行密钥的计数没有增加，可能有两台设备持有它；请停用这把密钥",
                    en: "the passkey's counter did not rise, so two devices may have it; end this key")
            }
        }
    }
}
