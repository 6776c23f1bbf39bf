import Credential

/// What became of an attempt that led to no certificate.
package struct AttemptRecord: Hashable, Sendable {
    package let holding: Holding
    package let examDate: CalendarDate
    /// `failed`, `absent`, `pending`, `void`, or `quarantined` for one that may be certified once it is settled.
    package let outcome: String
    /// AES-256-GCM over the private record.
    package let privateBox: [UInt8]

    package var key: AttemptKey { AttemptKey(holding: holding, examDate: examDate) }

    package init(holding: Holding, examDate: CalendarDate, outcome: String, privateBox: [UInt8]) {
        self.holding = holding
        self.examDate = examDate
        self.outcome = outcome
        self.privateBox = privateBox
    }
}

/// An attempt's place among an institution's.
package struct AttemptKey: Hashable, Sendable {
    package let holding: Holding
    package let examDate: CalendarDate

    package init(holding: Holding, examDate: CalendarDate) {
        (self.holding, self.examDate) = (holding, examDate)
    }
}

/// The certificate that a person holds of an occupation and level.
package struct HeldCertificate: Hashable, Sendable {
    package let key: CertificateKey
    package let holding: Holding
    package let number: CertificateNumber
    package let payload: [UInt8]
    package let privateBox: [UInt8]

    package var batch: BatchID { key.batch }
    package var sheetRow: Int { key.row }

    package init(
        key: CertificateKey, holding: Holding, number: CertificateNumber, payload: [UInt8], privateBox: [UInt8]
    ) {
        self.key = key
        self.holding = holding
        self.number = number
        self.payload = payload
        self.privateBox = privateBox
    }
}

/// An officer's answer to what was asked about a row: the row goes on as it stands.
package struct Settlement: Hashable, Sendable {
    /// Keyed hash of the row's content: the answer holds for this content, wherever it is sent again.
    package let rowKey: [UInt8]
    /// Code of the finding.
    package let rule: String
    package let approval: Approval

    package init(rowKey: [UInt8], rule: String, approval: Approval) {
        self.rowKey = rowKey
        self.rule = rule
        self.approval = approval
    }
}

/// One state of the registry, made by one import.
package struct RegistryVersion: Hashable, Sendable {
    /// From 1.
    package let number: Int
    package let approval: Approval

    package init(number: Int, approval: Approval) {
        self.number = number
        self.approval = approval
    }
}

/// A line of one of the registry's tables, as a version has it.
package struct RegistryEntry: Hashable, Sendable {
    /// The table, such as `filings`.
    package let kind: String
    /// What stays the same when the line changes.
    package let key: String
    /// Cells by column.
    package let cells: [String: String]

    package init(kind: String, key: String, cells: [String: String]) {
        self.kind = kind
        self.key = key
        self.cells = cells
    }
}
