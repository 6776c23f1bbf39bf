import Credential
import Encodings
import Errors
import Signing
import Store

/// What a person reads before approving, in both languages at once: one function for each act, which whoever checks calls
/// again, so that the lines are those to the byte.
package enum StatementLines {
    /// A batch that was handed in: also what its digest does not cover.
    ///
    /// - Parameters:
    ///   - subject: such as `submission 12`.
    ///   - fileDigest: SHA-256 of the frozen file, which anybody who has the file can compute.
    ///   - contributors: the names of all who had a hand in it.
    ///   - answered: rows that go on as they stand because somebody answered for them.
    package static func issue(
        _ statement: BatchStatement, subject: String, fileDigest: [UInt8], institutionName: String, count: Int,
        contributors: [String], answered: Int
    ) throws -> [String] {
        [
            line(zh: "批准签发证书份数", en: "Approve signing certificates", "\(count)"),
            line(zh: "所批", en: "Of", subject),
            line(zh: "机构", en: "Institution", "\(institutionName) (\(statement.institution))"),
            line(zh: "证书日期", en: "Award date", "\(statement.awardDate)"),
            line(zh: "签名密钥", en: "Signing key", grouped(statement.key.description)),
            line(zh: "登记版本", en: "Registry version", "\(statement.registryVersion)"),
            line(zh: "经手人", en: "Had a hand in it", contributors.joined(separator: "、")),
            line(zh: "经说明按原样处理的行数", en: "Rows answered for", "\(answered)"),
            line(zh: "文件摘要", en: "File digest", grouped(Hex.encode(fileDigest))),
            line(zh: "内容摘要", en: "Content digest", grouped(Hex.encode(try statement.digest))),
        ]
    }

    /// Any other act: what would be done, as its dry run tells it.
    package static func act(
        _ act: StatementAct, subject: String, count: Int, summary: [BilingualText], digest: [UInt8]
    ) -> [String] {
        [line(zh: "批准", en: "Approve", act.rawValue), line(zh: "所批", en: "Of", subject)]
            + summary.map { SafeText.shown("\($0.zh) / \($0.en)") }
            + [
                line(zh: "数目", en: "Count", "\(count)"),
                line(zh: "内容摘要", en: "Content digest", grouped(Hex.encode(digest))),
            ]
    }

    /// In groups of four, for comparing by eye or by voice.
    package static func grouped(_ digits: String) -> String {
        var groups: [String] = []
        var rest = digits[...]
        while !rest.isEmpty {
            groups.append(String(rest.prefix(4)))
            rest = rest.dropFirst(4)
        }
        return groups.joined(separator: " ")
    }

    private static func line(zh: String, en: String, _ value: String) -> String {
        SafeText.shown("\(zh) / \(en): \(value)")
    }
}
