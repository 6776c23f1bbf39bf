import Parsing
import Results
import Store

extension SheetDraft {
    /// Rows in which a cell was changed, by their numbers in the whole file.
    fileprivate func mendedRows(by workers: ParsingPool) throws -> Set<Int> {
        let tables: [SheetLayout]
        do { tables = try ResultSheet(bytes, name: fileName, workers).tables } catch {
            throw SheetDesk.refusal(of: fileName, error)
        }
        return Set(
            edits.compactMap { edit in
                guard edit.place.column != nil, tables.indices.contains(edit.place.table) else { return nil }
                return tables[edit.place.table].rowBase + edit.place.row
            })
    }
}

extension Office {
    /// Rows of what was sent in that somebody mended.
    func mendedRows(of submission: Submission) async throws -> Set<Int> {
        // Most sheets are submitted as they came.
        guard try await !store.read({ try $0.edits(of: submission.sheet) }).isEmpty else { return [] }
        return try await SheetDraft.load(submission.sheet, in: self)?.mendedRows(by: workers) ?? []
    }
}
