import HomeFolder
import Store

/// Saves changes of cells, each in its place. What others changed meanwhile in other cells stays; of one cell that two
/// changed differently both texts come back, and nothing of it is changed.
package struct MendSheet: Sendable {
    /// A text for a cell, or ``SheetDraft/leftOut`` or nothing for a row as a whole.
    package struct Change: Hashable, Sendable {
        package let place: CellPlace
        package let text: String
        /// As the file has it.
        package let fileText: String

        package init(_ place: CellPlace, _ text: String, fileText: String) {
            (self.place, self.text, self.fileText) = (place, text, fileText)
        }
    }

    package struct Conflict: Hashable, Sendable {
        package let place: CellPlace
        package let mine: String
        package let theirs: SheetDraft.Edit
    }

    package struct Outcome: Sendable {
        package let savedCount: Int
        package let conflicts: [Conflict]
    }

    private let office: Office

    package init(in office: Office) { self.office = office }

    /// - Parameter version: of the sheet when the form with these texts was made.
    package func callAsFunction(
        _ changes: [Change], of id: SheetID, since version: Int, by account: AccountID, at time: Int
    ) async throws -> Outcome {
        let keys = try office.home.dataKeys()
        return try await office.store.write { writing in
            let vault = try SheetVault(keys)
            let edits = Dictionary(grouping: try SheetDraft.edits(of: id, writing, vault), by: \.place)
            let next = (try writing.sheet(id)?.version ?? 0) + 1
            var (saved, conflicts): ([SheetEdit], [Conflict]) = ([], [])
            for change in changes {
                let history = edits[change.place] ?? []
                let before = history.last { $0.version <= version }?.after ?? change.fileText
                let now = history.last?.after ?? change.fileText
                guard change.text != Self.inField(before), change.text != now else { continue }
                if let theirs = history.last, theirs.version > version, now != before {
                    conflicts.append(Conflict(place: change.place, mine: change.text, theirs: theirs))
                    continue
                }
                let label = SheetVault.label(of: change.place, version: next, in: id)
                saved.append(
                    SheetEdit(
                        version: next, place: change.place, before: try vault.seal(now, label + " before"),
                        after: try vault.seal(change.text, label + " after"), by: account, at: time))
            }
            if !saved.isEmpty { try writing.save(saved, of: id, at: time) }
            return Outcome(savedCount: saved.count, conflicts: conflicts)
        }
    }

    /// As a field of one line gives it back (HTML, value sanitization).
    private static func inField(_ text: String) -> String {
        String(text.unicodeScalars.filter { $0 != "\n" && $0 != "\r" }.map(Character.init))
    }
}
