import Credential
import Documents
import Files
import HomeFolder
import PersonalData
import Rendering
import Seal
import Spreadsheets
import Store

/// The papers with which a batch's documents are handed out. They have names and masked identity numbers.
package struct BatchPapers: Sendable {
    private let batches: [Batch]
    private let office: Office

    package init(_ batches: [Batch], in office: Office) { (self.batches, self.office) = (batches, office) }

    /// - Returns: how many certificates are to be signed for.
    package func writeLedger(to path: String) async throws -> Int {
        let certificates = try await office.handedOut(of: batches)
        let rows = Self.rows(certificates)
        let names = Set(certificates.map(\.certificate.institutionName)).sorted().joined(separator: "、")
        let dates = Set(batches.map(\.awardDate)).sorted().map(\.description).joined(separator: ", ")
        let numbers = batches.map { String($0.id.value) }.joined(separator: ", ")
        let ledger = try PickupLedger(
            institution: names, subtitle: "批次 \(numbers)　发证日期 \(dates)　共 \(rows.count) 本")
        try DurableFile.replace(ledger.pdf(rows), at: path, mode: 0o600)
        return rows.count
    }

    package func writeLedgerWorkbook(to path: String) async throws -> Int {
        let rows = Self.rows(try await office.handedOut(of: batches))
        let file = WorkbookFile(path, mode: 0o600)
        let workbook = try file.open()
        try workbook.beginSheet("领取登记", widths: [6, 14, 22, 26, 24, 14, 16, 24, 12, 14])
        workbook.append(LedgerRow.headers.map { .text($0) }, style: .header)
        for (index, row) in rows.enumerated() { workbook.append(row.cells(serial: index + 1).map { .text($0) }) }
        workbook.freeze(rows: 1, columns: LedgerRow.headers.count)
        try file.commit(workbook)
        return rows.count
    }

    /// - Returns: how many labels there are.
    package func writeLabels(to path: String) async throws -> Int {
        let labels = try await office.handedOut(of: batches).map { item in
            QRLabel(
                qrText: QRText.text(host: office.home.config.host, seal: item.seal),
                holderName: item.certificate.holderName, number: item.certificate.number.text,
                occupation: item.certificate.occupation.name)
        }
        try DurableFile.replace(LabelSheet().pdf(labels), at: path, mode: 0o600)
        return labels.count
    }

    private static func rows(_ certificates: [HandedOut]) -> [LedgerRow] {
        certificates.map { item in
            LedgerRow(
                holderName: item.certificate.holderName, document: item.record.document.masked,
                number: item.certificate.number.text, occupation: item.certificate.occupation.name,
                level: item.certificate.level.printedName)
        }
    }
}
