import ArgumentParser
import Credential
import Encodings
import HomeFolder
import Installation
import Store

struct BatchesCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "batches", abstract: "List the batches that were approved, with how far each has come.",
        discussion: """
            Example:
              signet batches --institution 4137010438
            """)

    @OptionGroup var home: HomeOptions
    @Option(help: "Only batches of this institution.") var institution: String?
    @Flag(help: "One JSON object per batch.") var json = false

    func run() async throws {
        let institution = institution
        let batches = try await home.open().openStore().read { store in
            try store.batches().filter { batch in institution.map { batch.institution.text == $0 } ?? true }.map {
                ($0, try store.progress(of: $0.id))
            }
        }
        if !json { print(["批次", "机构", "发证日期", "证书", "状态", "批准人", "摘要"].joined(separator: "\t")) }
        for (batch, progress) in batches {
            let line = BatchLine(batch, progress)
            print(json ? try JSONLine.encode(line) : line.text)
        }
    }
}

private struct BatchLine: Encodable {
    private let batch: Int64
    private let institution: String
    private let awardDate: String
    private let certificates: Int
    private let state: String
    private let approvedBy: String
    private let digest: String

    init(_ batch: Batch, _ progress: BatchProgress) {
        self.batch = batch.id.value
        institution = batch.institution.text
        awardDate = batch.awardDate.description
        certificates = progress.sealed
        state = batch.completedAt == nil ? "open" : "done"
        approvedBy = batch.approval.actor
        digest = Hex.encode(batch.digest)
    }

    var text: String {
        [String(batch), institution, awardDate, certificates.grouped, state, approvedBy, digest].joined(separator: "\t")
    }
}
