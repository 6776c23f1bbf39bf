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
        let certificates = try await office.handedOut(of: wanted)
        let rows = certificates.map { item in
            LedgerRow(
                holderName: item.certificate.holderName, document: item.record.document.masked,
                number: item.certificate.number.text, occupation: item.certificate.occupation.name,
                level: item.certificate.level.printedName)
        }
        if out.hasSuffix(".pdf") {
            let names = Set(certificates.map(\.certificate.institutionName)).sorted().joined(separator: "、")
            let dates = Set(wanted.map(\.awardDate)).sorted().map(\.description).joined(separator: ", ")
            let batchNumbers = wanted.map { String($0.id.value) }.joined(separator: ", ")
            let ledger = try PickupLedger(
                institution: names, subtitle: "批次 \(batchNumbers)　发证日期 \(dates)　共 \(rows.count) 本")
            try DurableFile.replace(ledger.pdf(rows), at: out, mode: 0o600)
        } else {
            let file = WorkbookFile(out, mode: 0o600)
            let workbook = try file.open()
            try workbook.beginSheet("领取登记", widths: [6, 14, 22, 26, 24, 14, 16, 24, 12, 14])
            workbook.append(LedgerRow.headers.map { .text($0) }, style: .header)
            for (index, row) in rows.enumerated() { workbook.append(row.cells(serial: index + 1).map { .text($0) }) }
            workbook.freeze(rows: 1, columns: LedgerRow.headers.count)
            try file.commit(workbook)
        }
        print("\(out): \(rows.count.grouped) certificates to be signed for")
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
        let labels = try await office.handedOut(of: batches.chosen(in: office.store)).map { item in
            QRLabel(
                qrText: QRText.text(host: office.home.config.host, seal: item.seal),
                holderName: item.certificate.holderName, number: item.certificate.number.text,
                occupation: item.certificate.occupation.name)
        }
        try DurableFile.replace(LabelSheet().pdf(labels), at: out, mode: 0o600)
        print("\(out): \(labels.count.grouped) labels")
    }
}
