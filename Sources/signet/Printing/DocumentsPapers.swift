import Acts
import ArgumentParser
import Credential
import Errors
import Files
import HomeFolder
import Issuance
import Keyring
import Lookup
import PersonalData
import Rendering
import Seal
import Signing
import Spreadsheets
import Store

struct DocumentsLedger: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "ledger",
        abstract: "Write the pickup ledger: signature, proxy, date, uncollected.",
        discussion: """
            Example:
              signet documents ledger --batch 3 --out pickup.pdf
              signet documents ledger --batch 3 --out pickup.xlsx
            """)

    @OptionGroup var home: HomeOptions
    @OptionGroup var batches: BatchOptions
    @Option(help: ArgumentHelp("File to write, .pdf or .xlsx.", valueName: "file")) var out: String

    func validate() throws {
        guard out.hasSuffix(".pdf") || out.hasSuffix(".xlsx") else {
            throw ValidationError(zh: "--out 须以 .pdf 或 .xlsx 结尾", en: "--out must end in .pdf or .xlsx")
        }
    }

    func run() async throws {
        let office = try home.open().lookingOffice()
        let wanted = try await batches.chosen(in: office.store)
        let papers = BatchPapers(wanted, in: office)
        let count = try await out.hasSuffix(".pdf") ? papers.writeLedger(to: out) : papers.writeLedgerWorkbook(to: out)
        print("\(out): \(count.grouped) certificates to be signed for")
    }
}

struct DocumentsLabels: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "labels",
        abstract: "Write sheets of QR labels: A4, 21 labels of 63.5 × 38.1 mm.",
        discussion: "Example:\n  signet documents labels --batch 3 --out labels.pdf")

    @OptionGroup var home: HomeOptions
    @OptionGroup var batches: BatchOptions
    @Option(help: ArgumentHelp("The PDF to write.", valueName: "file")) var out: String

    func run() async throws {
        let office = try home.open().lookingOffice()
        let count = try await BatchPapers(batches.chosen(in: office.store), in: office).writeLabels(to: out)
        print("\(out): \(count.grouped) labels")
    }
}
