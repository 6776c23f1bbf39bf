import Acts
import Credential
import Encodings
import Hummingbird
import Issuance
import Results
import Store

/// What would be submitted, to be checked once more; and what became of a sheet so far.
enum SubmitPage {
    /// - Parameter error: why it was not.
    static func answer(_ visit: Visit, _ judged: JudgedDraft, error: String? = nil) async throws -> Response {
        let (draft, plan) = (judged.draft, judged.plan)
        let words = { (name: String) in Catalogue.sheetSubmit.text(name, visit.language) }
        let own = try visit.account.id
        let hands = draft.hands.union([own])
        let (institutions, accounts) = try await visit.portal.store.read { reading in
            (try reading.institutions(), try hands.compactMap { try reading.account($0) })
        }
        let bins = Dictionary(uniqueKeysWithValues: Bin.allCases.map { ($0, plan?.bins[$0] ?? 0) })
        let count = plan?.bins[.issued] ?? 0
        let openCount = judged.problems.count
        let problem = error ?? judged.refusal.map(visit.language.of)
        return try visit.page(
            .sheetSubmit, .sheetSubmit,
            [
                "id": "\(draft.sheet.id.value)", "version": "\(draft.sheet.version)", "title": draft.sheet.title,
                "hasError": problem != nil, "error": problem ?? "",
                "institution": institutions.first { $0.id == draft.sheet.institution }?.name(on: visit.day)
                    ?? draft.sheet.institution.text,
                "awardDate": draft.sheet.awardDate?.description ?? words("noDate"),
                "counts": SheetWords.counts(bins, visit.language),
                "hands": accounts.map(\.name).sorted().map { ["name": $0] as [String: Any] },
                "hasOpen": openCount > 0, "open": "\(openCount) \(words("open"))", "maySubmit": judged.refusal == nil,
                "button": "\(words("button")) \(count) \(words("certificates"))",
            ], status: error == nil ? .ok : .unprocessableContent,
            title: problem == nil ? nil : words("errorPrefix") + words("title"))
    }
}

enum HistoryPage {
    static func answer(_ visit: Visit, _ sheet: StaffSheet) async throws -> Response {
        let words = { (name: String) in Catalogue.sheetHistory.text(name, visit.language) }
        let (edits, submissions, names) = try await visit.portal.store.read { reading in
            let (edits, submissions) = (try reading.edits(of: sheet.id), try reading.submissions(of: sheet.id))
            let people = Set(edits.map(\.by) + submissions.map(\.frozen.submittedBy) + [sheet.startedBy])
            return (
                edits, submissions,
                try people.reduce(into: [AccountID: String]()) { $0[$1] = try reading.account($1)?.name }
            )
        }
        func who(_ id: AccountID) -> String { names[id] ?? words("unknown") }
        var events: [(at: Int, label: String, detail: String)] = [
            (sheet.createdAt, words("begun"), who(sheet.startedBy))
        ]
        for (_, saved) in Dictionary(grouping: edits, by: \.version) {
            events.append((saved[0].at, words("saved"), "\(who(saved[0].by)) · \(saved.count) \(words("cells"))"))
        }
        for submission in submissions {
            let digest = Hex.encode(submission.digest)
            events.append(
                (
                    submission.submittedAt, words("submitted"),
                    "\(who(submission.submittedBy)) · \(submission.certificateCount) \(words("certificates"))"
                        + " · \(words("digest")) \(digest)"
                ))
            guard submission.state != .waiting else { continue }
            events.append(
                (submission.changedAt, SheetWords.of(submission.state, visit.language), submission.reason))
        }
        return try visit.page(
            .sheetHistory, .sheetHistory,
            [
                "id": "\(sheet.id.value)",
                "events": events.sorted { $0.at > $1.at }.map { event -> [String: Any] in
                    ["label": event.label, "detail": event.detail, "at": Clock.text(event.at)]
                },
            ])
    }
}
