import Accounts
import Credential
import Errors
import Store

/// What waits for somebody, in words without a person: what the outbox tells of.
package struct WaitingNotices: Sendable {
    private let store: any Store

    package init(_ store: any Store) { self.store = store }

    /// - Returns: each with the key by which it is told once.
    package func all(at time: Int) async throws -> [(key: String, words: BilingualText)] {
        try await store.read { reading in
            let institutions = try reading.institutions()
            let states: [(Submission.State, BilingualText)] = [
                (.waiting, BilingualText(zh: "待审核", en: "waits for review")),
                (.returned, BilingualText(zh: "已退回，请修改", en: "was returned to be mended")),
            ]
            let sheets = try states.flatMap { state, words in
                try reading.submissions(state: state).map { submission in
                    let name = institutions.first { $0.id == submission.institution }?.name(on: submission.awardDate)
                    let place = name ?? submission.institution.description
                    let count = submission.certificateCount
                    return (
                        key: "submission-\(submission.id.value)-\(state.rawValue)",
                        words: BilingualText(
                            zh: "\(place) \(submission.awardDate) 的成绩表\(words.zh)：\(count) 份证书",
                            en: "\(place): the sheet of \(submission.awardDate) \(words.en): \(count) certificates")
                    )
                }
            }
            let proposals = try reading.accountProposals(at: time).map { id, _ in
                (
                    key: "account-proposal-\(id.value)",
                    words: BilingualText(
                        zh: "有一项账号更改等第二位系统管理员确认",
                        en: "a change of an account waits for a second administrator")
                )
            }
            return sheets + proposals
        }
    }
}
