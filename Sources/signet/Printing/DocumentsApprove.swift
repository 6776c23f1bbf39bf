import Acts
import ArgumentParser
import Credential
import Store

struct DocumentsApprove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve",
        abstract: "Approve another look of documents: template, seal image, fonts, photos.",
        discussion: """
            How documents look is approved together with the results, by issue. Where the template, the seal image, \
            the fonts or the photos are others now, documents are made only after this.

            Examples:
              signet documents approve --batch 3 --photos photos --reason "photos arrived"
              signet documents approve --all --yes --reason "new seal image"
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var batches: BatchOptions
    @OptionGroup var template: TemplateOptions
    @OptionGroup var photos: PhotoOptions
    @OptionGroup var approval: ApprovalOptions

    func run() async throws {
        let office = try await home.open().openOffice()
        let approver = approval.approver(in: office)
        let desk = try photos.desk(office)
        var hasUnapproved = false
        for batch in try await batches.chosen(in: office.store) {
            let act = try await ApproveLook(batch, in: office, look: template.choice, photos: desk)
            hasUnapproved = try await !approve(act, approver) || hasUnapproved
        }
        if hasUnapproved { throw ExitCode(1) }
    }

    /// False when it is not approved.
    private func approve(_ act: ApproveLook, _ approver: BatchApprover) async throws -> Bool {
        let batch = act.batch
        guard !act.differing.isEmpty else {
            print("batch \(batch.id.value): approved as it is now; nothing to do")
            return true
        }
        let proposal = try act.proposal
        print(
            """
            batch \(batch.id.value)  \(batch.institution)  changes: \(act.differing.map(\.rawValue).joined(separator: ", "))
              \(StatementText.line(act.statement, photoCount: act.photos.count))
              digest \(proposal.name)
            """)
        let question = "Approve this look of batch \(batch.id.value)?"
        guard let given = try await approver.approval(of: proposal, batch.institution, question: question) else {
            print("  not approved: nothing was changed")
            return false
        }
        try await act(given.approval, by: given.actor)
        print("  approved by \(given.approval.actor)")
        return true
    }
}
