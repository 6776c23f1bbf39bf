import Credential

package struct SheetID: Hashable, Sendable {
    package let value: Int64
    package init(_ value: Int64) { self.value = value }
}

/// A sheet of results that staff mend and submit.
package struct StaffSheet: Hashable, Sendable {
    package enum State: String, Sendable, CaseIterable {
        case draft, submitted, approved, issued, withdrawn
    }

    package let id: SheetID
    package let institution: InstitutionID
    package var title: String
    package let state: State
    /// From 1, up with each save.
    package let version: Int
    /// Of the certificates; nil while nobody has said it.
    package var awardDate: CalendarDate?
    package let startedBy: AccountID
    /// Seconds since 1970, as all instants here.
    package let createdAt: Int
    package let changedAt: Int

    package init(
        id: SheetID, institution: InstitutionID, title: String, state: State, version: Int,
        awardDate: CalendarDate?, startedBy: AccountID, createdAt: Int, changedAt: Int
    ) {
        (self.id, self.institution, self.title, self.state) = (id, institution, title, state)
        (self.version, self.awardDate, self.startedBy) = (version, awardDate, startedBy)
        (self.createdAt, self.changedAt) = (createdAt, changedAt)
    }
}

/// A sheet that begins with a file.
package struct NewSheet: Hashable, Sendable {
    package let institution: InstitutionID
    package let title: String
    package let startedBy: AccountID
    package let at: Int
    package let file: SheetFile

    package init(institution: InstitutionID, title: String, startedBy: AccountID, at: Int, file: SheetFile) {
        (self.institution, self.title, self.startedBy) = (institution, title, startedBy)
        (self.at, self.file) = (at, file)
    }
}

/// The file that was sent in; its content is kept in encrypted pieces.
package struct SheetFile: Hashable, Sendable {
    /// Before encryption, of each piece but the last.
    package static let pieceSize = 1 << 20

    /// Keyed, by which the same file is known again.
    package let digest: [UInt8]
    /// Encrypted, as people name files after persons.
    package let nameBox: [UInt8]
    /// Before encryption.
    package let byteCount: Int
    package let pieceCount: Int

    package init(digest: [UInt8], nameBox: [UInt8], byteCount: Int, pieceCount: Int) {
        (self.digest, self.nameBox, self.byteCount, self.pieceCount) = (digest, nameBox, byteCount, pieceCount)
    }
}

/// Where an edit lies in the file.
package struct CellPlace: Hashable, Sendable, Comparable {
    /// From 0, in the file's order.
    package let table: Int
    /// As the spreadsheet program shows it.
    package let row: Int
    /// From 0; nil for the row as a whole, which is left out or taken back in.
    package let column: Int?

    package init(table: Int, row: Int, column: Int?) { (self.table, self.row, self.column) = (table, row, column) }

    package static func < (a: CellPlace, b: CellPlace) -> Bool {
        (a.table, a.row, a.column ?? -1) < (b.table, b.row, b.column ?? -1)
    }
}

/// One change of one cell. Later versions of the same place hold.
package struct SheetEdit: Hashable, Sendable {
    package let version: Int
    package let place: CellPlace
    /// Encrypted, bound to sheet and place.
    package let before: [UInt8]
    package let after: [UInt8]
    package let by: AccountID
    package let at: Int

    package init(version: Int, place: CellPlace, before: [UInt8], after: [UInt8], by: AccountID, at: Int) {
        (self.version, self.place, self.before, self.after) = (version, place, before, after)
        (self.by, self.at) = (by, at)
    }
}

/// Why a row goes on as it stands, as its sender says. Becomes a ``Settlement`` with the approval.
package struct SheetAnswer: Hashable, Sendable {
    /// Of the row's content, as a settlement has it.
    package let rowKey: [UInt8]
    package let rule: String
    /// Encrypted.
    package let reason: [UInt8]
    package let by: AccountID
    package let at: Int

    package init(rowKey: [UInt8], rule: String, reason: [UInt8], by: AccountID, at: Int) {
        (self.rowKey, self.rule, self.reason, self.by, self.at) = (rowKey, rule, reason, by, at)
    }
}
