import Issuance
import Results

/// An answer for a row as whoever approves the sheet records it.
package struct RowSettlement: Hashable, Sendable {
    package let sheetRow: Int
    /// Of the row's content.
    package let rowKey: [UInt8]
    package let rules: [String]
    package let reason: String
    /// Of whoever answered, in hexadecimal.
    package let account: String

    /// The act that records it.
    package var act: SettleRow { SettleRow(rowKey, rules: rules, reason: reason) }
}

extension SheetJob {
    /// The answers that go with a frozen sheet, in the order of their rows.
    package func settlements(_ plan: BatchPlan) async throws -> [RowSettlement] {
        let keys = try await planner.rowKeys(of: Set(answers.keys), in: sheet, plan)
        return answers.sorted { $0.key < $1.key }.compactMap { row, answer in
            keys[row].map {
                RowSettlement(
                    sheetRow: row, rowKey: $0, rules: answer.rules, reason: answer.reason, account: answer.account)
            }
        }
    }
}
