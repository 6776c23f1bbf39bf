import Credential
import Encodings
import Errors
import HomeFolder
import Parsing
import Results
import Store

/// Begins a sheet with a file that somebody sent. The same file again leads to its sheet.
package struct UploadSheet: Sendable {
    package static let maximumSize = 32 << 20
    private static let (longestName, longestTitle) = (120, 60)

    private let office: Office

    package init(in office: Office) { self.office = office }

    /// - Throws: ``Refusal`` for a file that is no sheet of results; nothing is kept then.
    package func callAsFunction(
        _ bytes: [UInt8], named name: String, title: String, of institution: InstitutionID, by account: AccountID,
        at time: Int
    ) async throws -> StaffSheet {
        let name = SafeText.isSafe(name) ? String(name.prefix(Self.longestName)) : "results"
        let title = try Self.title(title)
        do { _ = try ResultSheet(bytes, name: name, office.workers) } catch {
            throw Refusal(error.category, error.words.prefixed(with: name))
        }
        let keys = try office.home.dataKeys()
        let vault = try SheetVault(keys)
        let digest = try vault.digest(ofFile: bytes)
        let file = SheetFile(
            digest: digest, nameBox: try vault.seal(name, SheetVault.label(ofNameWith: digest)),
            byteCount: bytes.count, pieceCount: SealedPieces.count(of: bytes.count))
        let new = NewSheet(
            institution: institution, title: title, startedBy: account, at: time, file: file)
        return try await office.store.write { writing in
            if let known = try writing.sheet(ofFile: digest, institution: institution) { return known }
            return try writing.insert(
                new, pieces: { try SealedPieces(of: "sheet \($0.value)", keys).seal(bytes) })
        }
    }

    package static func isGood(title: String) -> Bool { (try? Self.title(title)) != nil }

    /// - Throws: ``Refusal`` for a title that cannot be shown in a line.
    static func title(_ text: String) throws(Refusal) -> String {
        guard (1...longestTitle).contains(text.count), SafeText.isSafe(text) else {
            throw Refusal(
                .refused, zh: "请为成绩表写一个名称，不超过 \(longestTitle) 个字",
                en: "give the sheet a title of at most \(longestTitle) characters")
        }
        return text
    }
}

/// Changes what is said of a sheet as a whole.
package struct DescribeSheet: Sendable {
    private let office: Office

    package init(in office: Office) { self.office = office }

    package func callAsFunction(
        _ sheet: SheetID, title: String, awardDate: CalendarDate?, at time: Int
    ) async throws {
        let title = try UploadSheet.title(title)
        try await office.store.write {
            try $0.describe(sheet, title: title, awardDate: awardDate, at: time)
        }
    }
}
