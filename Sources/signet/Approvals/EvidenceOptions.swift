import Acts
import Approvals
import ArgumentParser
import Audit
import Credential
import Encodings
import Errors
import Files
import Glibc
import HomeFolder
import Store

/// How signatures come to a command, where approvals need them.
struct EvidenceOptions: ParsableArguments {
    @Option(
        help: ArgumentHelp(
            "What signet approve wrote; may be given again for another signature.", valueName: "file"))
    var evidence: [String] = []
    @Option(
        help: ArgumentHelp(
            "Do nothing but write, into this folder, the statement that the approver is to sign.", valueName: "folder"))
    var statements: String?
    @Option(help: ArgumentHelp("Whose key is to sign it; see: signet approvers list.", valueName: "key"))
    var approver: String?

    var isGiven: Bool { !evidence.isEmpty || statements != nil }

    /// Whether the approval is, or must be, by signature.
    func decides(in office: Office) throws -> Bool { try isGiven || office.roster().approvals == .signed }

    func files() throws -> [EvidenceFile] {
        try evidence.map { path in
            do {
                return try EvidenceFile(DurableFile.read(path, limit: 1 << 18))
            } catch let error as ApprovalError {
                throw ApprovalError(error.code, error.words.prefixed(with: path))
            }
        }
    }

    /// As whom to do what is proposed: the approver who signed exactly that, or whoever runs the command where no
    /// signature is needed.
    ///
    /// - Parameters:
    ///   - institution: whose things alone are changed.
    ///   - name: of whoever runs the command.
    /// - Returns: nil when only a statement was written.
    func actor(
        for proposal: Proposal, of institution: InstitutionID?, in office: Office, named name: String?
    ) async throws -> Actor? {
        let content = proposal.content(institution)
        if let statements {
            try await write(content, of: proposal.subject, to: statements, in: office)
            return nil
        }
        let files = try files().filter { $0.statement.subjectDigest == proposal.digest }
        guard !files.isEmpty else {
            guard try office.roster().approvals == .signed else { return Login.actor(name) }
            throw Refusal(
                .denied,
                zh:
                    "这里的批准须有审批人的签名，没有任何更改。请加 --statements 文件夹 和 --approver 密钥 写出批准书，用 signet approve 签署，再加 --evidence 运行",
                en:
                    "approvals need an approver's signature here; nothing was changed. Write the statement with --statements FOLDER and --approver KEY, have it signed by signet approve, and run this again with --evidence"
            )
        }
        let spend = SpendEvidence(files, of: proposal.subject, content, by: try await office.approvalCheck())
        let (account, _) = try await office.perform(spend, by: Login.actor(name))
        return Actor("account \(account)", by: .signature, may: Set(Permission.allCases))
    }

    func write(
        _ content: ApprovedContent, of subject: String, to folder: String, in office: Office
    ) async throws {
        let approver = try requiredApprover(in: office.roster())
        let statement = try await office.statement(
            of: content, for: approver.account, key: approver.credential, at: Clock.now())
        try Folder.create(folder, mode: 0o700)
        let path =
            "\(folder)/\(Hex.encode(content.digest.prefix(8)))-\(Hex.encode(approver.credential.prefix(8))).statement"
        try DurableFile.replace(statement.bytes, at: path, mode: 0o600)
        print(
            spoken(
                zh: "已写出 \(subject) 的批准书，24 小时内有效：\(path)",
                en: "wrote the statement of \(subject), good for 24 hours: \(path)"))
    }

    private func requiredApprover(in roster: Roster) throws -> Approver {
        let good = roster.approvers.filter { !$0.isPasskey && $0.isGood(at: Clock.now()) }
        let named = approver.map { name in good.filter { Hex.encode($0.credential).hasPrefix(name.lowercased()) } }
        let found = named ?? good
        guard found.count == 1 else {
            throw Refusal(
                .usage, zh: "请用 --approver 指明由名册里哪一把密钥文件签署（signet approvers list 会列出）",
                en: "say with --approver which key file of the roster is to sign; signet approvers list shows them")
        }
        return found[0]
    }
}
