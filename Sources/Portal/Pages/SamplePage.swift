import Accounts
import Acts
import Credential
import HomeFolder
import Hummingbird
import Store

/// The rows that are compared with the record of the exam, fifty to a page.
enum SamplePage {
    static let rowsOfPage = 50

    static func answer(_ visit: Visit, _ submission: Submission, page wanted: Int) async throws -> Response {
        let (review, ticks) = try await visit.portal.store.read {
            (try $0.review(of: submission.id), try $0.ticks(of: submission.id))
        }
        guard let review else { throw PortalRefusal.missing }
        let box = try ReviewBox(visit.portal.office.home.dataKeys())
        let cards = try box.cards(of: review)
        let pages = max(1, (cards.count + rowsOfPage - 1) / rowsOfPage)
        let page = min(max(1, wanted), pages)
        let shown = cards.dropFirst((page - 1) * rowsOfPage).prefix(rowsOfPage)
        let known = Dictionary(ticks.map { ($0.row, $0) }, uniquingKeysWith: { $1 })
        return try visit.page(
            .sample, .sample,
            [
                "id": "\(submission.id.value)", "page": "\(page)",
                "promise": promise(cards.count { $0.isDrawn }, visit.language),
                "progress": ReviewProgress(review, ticks).text(visit.language),
                "cards": try shown.map { card in
                    try Self.card(
                        card, known[card.row], note: known[card.row].map { try box.note($0, of: submission.id) } ?? "",
                        visit)
                },
                "hasPages": pages > 1,
                "pages": (1...pages).map { ["number": "\($0)", "isHere": $0 == page] as [String: Any] },
            ])
    }

    private static func promise(_ drawn: Int, _ language: Language) -> String {
        language == .zh
            ? "随机抽取了 \(drawn) 行：如果全表有 \(ReviewSample.wrongPercent)% 的行不对，其中至少有一行的把握是 \(ReviewSample.certaintyPercent)%。"
            : "\(drawn) rows were drawn at random: were \(ReviewSample.wrongPercent) % of the sheet wrong, at least one of them "
                + "would be here with \(ReviewSample.certaintyPercent) % certainty."
    }

    private static func card(
        _ card: ReviewCard, _ tick: RowTick?, note: String, _ visit: Visit
    ) throws -> [String: Any] {
        let words = { (name: String) in Catalogue.sample.text(name, visit.language) }
        let document = IdentityDocument(
            kind: IdentityDocument.Kind(rawValue: card.documentKind) ?? .residentIDCard, number: card.documentNumber)
        let marks = zip(["theory", "skill", "review"], card.marks).filter { !$1.isEmpty }.map { words($0) + $1 }
        let level = SkillLevel(rawValue: card.level)?.printedName ?? ""
        return [
            "row": "\(card.row)", "place": visit.language == .zh ? "第 \(card.place) 行" : "Row \(card.place)",
            "causes": (card.causes + (card.isDrawn ? ["drawn"] : [])).map { ["label": words($0)] as [String: Any] },
            "name": card.name,
            "documentKind": visit.language == .zh ? document.kind.printedName : document.kind.englishName,
            "document": document.masked,
            "occupation": [card.occupation, card.specialisation, level].filter { !$0.isEmpty }.joined(separator: " · "),
            "marks": marks.joined(separator: visit.language == .zh ? "，" : ", "), "examDate": card.examDate,
            "student": [card.studentNumber, card.major].filter { !$0.isEmpty }.joined(separator: " · "),
            "isRight": tick?.isRight == true, "isWrong": tick?.isRight == false, "note": note,
        ]
    }
}
