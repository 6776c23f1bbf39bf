import ArgumentParser
import Audit
import Credential
import Documents
import Encodings
import Errors
import Installation
import Issuance
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
        let home = try home.open()
        let store = try await home.openStoreToAct()
        let approver = try approval.approver()
        let desk = try photos.desk(home, store)
        let wanted = try await BatchChoice(store: store).batches(batches)
        var hasUnapproved = false
        try await home.authority(of: store).carryOut(.approveDocuments, by: Login.actor(approval.actor)) {
            for batch in wanted {
                let look = try DocumentDesk(home: home).look(of: batch.institution, template)
                let digests = try await desk?.digests(of: batch) ?? [:]
                guard try await approve(batch, look.with(photos: digests), digests, approver, in: store) else {
                    hasUnapproved = true
                    continue
                }
            }
            return ((), Clock.now())
        }
        if hasUnapproved { throw ExitCode(1) }
    }

    /// False when it is not approved.
    private func approve(
        _ batch: Batch, _ look: DocumentLook, _ photos: [Int: [UInt8]], _ approver: BatchApprover, in store: any Store
    ) async throws -> Bool {
        guard var statement = batch.statement else {
            throw Refusal(.damaged, "what was approved of batch \(batch.id.value) cannot be read")
        }
        let differing = look.differences(from: statement.look).map(\.rawValue)
        guard !differing.isEmpty else {
            print("batch \(batch.id.value): approved as it is now; nothing to do")
            return true
        }
        statement.look = look
        let digest = try Hex.encode(statement.digest)
        print(
            """
            batch \(batch.id.value)  \(batch.institution)  changes: \(differing.joined(separator: ", "))
              \(StatementText.line(statement, photoCount: photos.count))
              digest \(digest)
            """)
        let question = "Approve this look of batch \(batch.id.value)?"
        guard let approval = try approver.approval(of: digest, question: question) else {
            print("  not approved: nothing was changed")
            return false
        }
        _ = try await BatchReapproval(store: store.forIssuing).approve(batch, statement, photos: photos, approval)
        print("  approved by \(approval.actor)")
        return true
    }
}
