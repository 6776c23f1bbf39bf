import Credential

/// What a template's texts can show, written `{name}`.
package enum DocumentField: String, CaseIterable, Sendable {
    case name
    case documentKind = "document.kind"
    case documentKindEnglish = "document.kind.en"
    case documentNumber = "document.number"
    case occupation
    case specialisation
    case level
    case levelEnglish = "level.en"
    case number
    case institution
    case date
    case dateEnglish = "date.en"
    case site
    case version
    /// Empty on the first print.
    case replacement
    case replacementEnglish = "replacement.en"

    /// A document without these is no certificate; version and replacement are for the look.
    static let required: [[DocumentField]] = [
        [.name], [.documentKind, .documentKindEnglish], [.documentNumber], [.occupation], [.specialisation],
        [.level, .levelEnglish], [.number], [.institution], [.date, .dateEnglish], [.site],
    ]
}

/// One certificate as its document shows it.
package struct DocumentContent: Sendable {
    package var certificate: Certificate
    package var document: IdentityDocument
    /// The seal's QR text.
    package var qrText: String
    /// Where anyone can check, printed in words: `https://HOST/c`.
    package var site: String
    /// 1 is the first print; a replacement (补证) has the next.
    package var printSerial: Int

    package init(
        certificate: Certificate, document: IdentityDocument, qrText: String, site: String, printSerial: Int = 1
    ) {
        self.certificate = certificate
        self.document = document
        self.qrText = qrText
        self.site = site
        self.printSerial = printSerial
    }

    package subscript(field: DocumentField) -> String {
        switch field {
        case .name: certificate.holderName
        case .documentKind: document.kind.printedName
        case .documentKindEnglish: document.kind.englishName
        case .documentNumber: document.number
        case .occupation: certificate.occupation.name
        case .specialisation: certificate.specialisation ?? "--"
        case .level: certificate.level.printedName
        case .levelEnglish: certificate.level.englishName
        case .number: certificate.number.text
        case .institution: certificate.institutionName
        case .date: PrintedDate.chinese(certificate.awardDate)
        case .dateEnglish: PrintedDate.english(certificate.awardDate)
        case .site: site
        case .version: String(certificate.version)
        case .replacement: printSerial > 1 ? "补证（第\(printSerial)次打印）" : ""
        case .replacementEnglish: printSerial > 1 ? "Replacement (print \(printSerial))" : ""
        }
    }
}
