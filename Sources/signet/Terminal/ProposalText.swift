import Acts
import Encodings
import Errors

/// A proposal at a terminal, and its digest as it is typed.
enum ProposalText {
    static func lines(_ proposal: Proposal) -> [String] {
        proposal.summary.map { spoken(zh: $0.zh, en: $0.en) } + [
            spoken(zh: "摘要 \(proposal.name)", en: "digest \(proposal.name)")
        ]
    }

    /// Nil where none is given.
    static func digest(_ text: String?) throws -> [UInt8]? {
        guard let text else { return nil }
        guard let digest = Hex.decode(text.lowercased()), digest.count == 32 else {
            throw Refusal(
                .usage, zh: "--approve 后应为 64 位十六进制摘要（--dry-run 会显示）",
                en: "--approve takes a digest of 64 hexadecimal digits, as --dry-run shows it")
        }
        return digest
    }
}
