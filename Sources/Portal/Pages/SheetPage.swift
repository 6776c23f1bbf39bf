import Accounts
import Acts
import Credential
import Hummingbird
import Issuance
import Results
import Store

/// One sheet, as a list of what is left to do.
enum SheetPage {
    /// - Parameter error: what is wrong with the title or date, which keep what was typed.
    static func answer(_ visit: Visit, _ sheet: StaffSheet, error: String? = nil) async throws -> Response {
        let office = visit.portal.office
        let mayEdit = visit.may(.sheetEdit, at: sheet.institution)
        let draft = try? await SheetDraft.load(sheet.id, in: office)
        let judged: JudgedDraft? =
            if sheet.state == .draft, let draft { try await JudgedDraft(draft, in: office) } else { nil }
        let (institutions, submission) = try await visit.portal.store.read {
            (try $0.institutions(), try $0.submission(newestOf: sheet.id))
        }
        let words = { (name: String) in Catalogue.sheet.text(name, visit.language) }
        let isReturned = sheet.state == .draft && submission?.state == .returned
        let isSubmitted = sheet.state == .submitted
        let form = error == nil ? Form.empty : visit.form
        let isTitle = !UploadSheet.isGood(title: form["title"])
        var values: [String: Any] = [
            "id": "\(sheet.id.value)", "title": sheet.title, "hasReturn": isReturned,
            "reason": submission?.reason ?? "", "fileName": draft?.fileName ?? "",
            "institution": institutions.first { $0.id == sheet.institution }?.name(on: visit.day)
                ?? sheet.institution.text,
            "state": SheetWords.of(sheet.state, visit.language),
            "awardDate": sheet.awardDate?.description ?? words("noDate"),
            "counts": SheetWords.counts(bins(judged, submission), visit.language),
            "hasRefusal": judged?.refusal != nil, "refusal": judged?.refusal.map(visit.language.of) ?? "",
            "isDraft": sheet.state == .draft && mayEdit,
            "mayWithdraw": mayEdit && (sheet.state == .draft || isSubmitted),
            "withdrawHint": words(isSubmitted ? "withdrawSubmission" : "withdrawDraft"),
            "withdrawButton": words(isSubmitted ? "withdrawSubmissionButton" : "withdrawDraftButton"),
            "hasError": error != nil, "error": error ?? "", "errorField": isTitle ? "title" : "award",
            "isOfTitle": error != nil && isTitle, "isOfAward": error != nil && !isTitle,
            "typedTitle": error == nil ? sheet.title : form["title"],
            "typedAward": error == nil ? sheet.awardDate?.description ?? "" : form["award"],
        ]
        values.merge(tasks(judged, sheet, words)) { $1 }
        return try visit.page(
            .sheet, .sheet, values, status: error == nil ? .ok : .unprocessableContent,
            title: error == nil ? sheet.title : words("errorPrefix") + sheet.title)
    }

    private static func bins(_ judged: JudgedDraft?, _ submission: Submission?) -> [Bin: Int] {
        if let plan = judged?.plan {
            return Dictionary(uniqueKeysWithValues: Bin.allCases.map { ($0, plan.bins[$0]) })
        }
        let kept = (submission?.bins ?? [:]).compactMap { name, count in Bin(rawValue: name).map { ($0, count) } }
        return Dictionary(uniqueKeysWithValues: kept)
    }

    private static func tasks(
        _ judged: JudgedDraft?, _ sheet: StaffSheet, _ words: (String) -> String
    ) -> [String: Any] {
        let openCount = judged?.problems.count ?? 0
        let issuable = judged?.plan?.bins[.issued] ?? 0
        let isReady = judged?.refusal == nil && sheet.awardDate != nil && issuable > 0
        let mend =
            judged?.refusal != nil
            ? words("stopped") : openCount == 0 ? words("nothingToMend") : "\(openCount) \(words("toMend"))"
        return [
            "mendState": mend, "describeState": words(sheet.awardDate == nil ? "noDate" : "dateGiven"),
            "checkState": isReady ? "\(issuable) \(words("ready"))" : words("notReady"),
        ]
    }
}
