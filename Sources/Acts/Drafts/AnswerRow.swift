import Encodings
import Errors
import HomeFolder
import Issuance
import Results
import Store

/// Says why a row goes on as it stands. Whoever approves the sheet sees it, and makes it their own.
package struct AnswerRow: Sendable {
    private static let longestReason = 200

    private let office: Office

    package init(in office: Office) { self.office = office }

    package func callAsFunction(
        _ question: RowQuestion, of id: SheetID, reason: String, by account: AccountID, at time: Int
    ) async throws {
        guard (1...Self.longestReason).contains(reason.count), SafeText.isSafe(reason) else {
            throw Refusal(
                .refused, zh: "请写明为什么按原样处理，不超过 \(Self.longestReason) 个字",
                en: "say why the row goes on as it stands, in at most \(Self.longestReason) characters")
        }
        let vaultKeys = try office.home.dataKeys()
        try await office.store.write { writing in
            let vault = try SheetVault(vaultKeys)
            try writing.removeAnswers(toRow: question.rowKey, of: id, at: time)
            for rule in question.rules {
                let box = try vault.seal(reason, SheetVault.label(ofAnswerTo: rule.code, in: id))
                try writing.save(
                    SheetAnswer(rowKey: question.rowKey, rule: rule.code, reason: box, by: account, at: time), of: id)
            }
        }
    }
}
