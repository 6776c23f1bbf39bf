import Acts
import Credential
import Encodings
import Errors
import Issuance
import Results
import Store

/// What a plan comes to, for people and for programs.
enum PlanText {
    static func describe(
        _ job: SheetJob, _ plan: BatchPlan, _ proposal: BatchProposal?, _ counts: [Severity: Int]
    ) -> String {
        """
        \(SafeText.shown(job.fileName))  \(job.institution.id)  \(job.institution.names.last?.name ?? "")
          \(bins(plan.bins))
          \(spoken(zh: "问题：", en: "findings: "))\(FindingsText.summary(counts))
        """ + (proposal.map(terms) ?? (plan.isEmpty ? "" : Self.withoutKey))
    }

    private static var withoutKey: String {
        "\n"
            + spoken(
                zh: "  没有可批准的摘要：该机构没有已公布的有效密钥",
                en: "  no digest to approve: the institution has no published active key")
    }

    private static func terms(_ proposal: BatchProposal) -> String {
        guard let digest = try? proposal.statement.digest else { return "" }
        return
            "\n  \(StatementText.line(proposal.statement, photoCount: proposal.photos.count))\n"
            + spoken(zh: "  摘要 ", en: "  digest ") + "\(Hex.encode(digest))"
    }

    /// Rows whose photos are left out although files are there.
    static func notes(on proposal: BatchProposal?, of sheet: ResultSheet) -> [String] {
        let problems = proposal?.problems.sorted { $0.key < $1.key } ?? []
        let notes = problems.prefix(shownNotes).map {
            "  "
                + SafeText.shown(
                    spoken(zh: "第 \(sheet.place(ofRow: $0.key).row) 行：", en: "row \(sheet.place(ofRow: $0.key).row): ")
                        + "\($0.value)")
        }
        return problems.count > notes.count
            ? notes + [Self.more((problems.count - notes.count).grouped, zh: "张照片", en: "photos")] : notes
    }

    /// What was found about the file as a whole, in words. That a mark at its start was taken off tells nobody anything.
    static func notes(on sheet: ResultSheet) -> [String] {
        let notes = sheet.findings.filter { $0.rule != .byteOrderMark }
        let shown = notes.prefix(shownNotes).map {
            "  \(SafeText.shown($0.text.spoken))"
        }
        return notes.count > shown.count
            ? shown + [Self.more((notes.count - shown.count).grouped, zh: "条关于文件的提示", en: "about the file")] : shown
    }

    private static func more(_ count: String, zh: String, en: String) -> String {
        spoken(zh: "  另有 \(count) \(zh)", en: "  and \(count) more \(en)")
    }

    private static let shownNotes = 10

    /// Such as `1,250 rows = 1,100 issued + 90 failed + 60 absent`.
    static func bins(_ bins: BinCounts) -> String {
        let parts = Bin.allCases.filter { bins[$0] > 0 }.map {
            "\(bins[$0].grouped) " + spoken(zh: $0.words.zh, en: $0.rawValue)
        }
        return spoken(zh: "\(bins.total.grouped) 行 = ", en: "\(bins.total.grouped) rows = ")
            + (parts.isEmpty ? "0" : parts.joined(separator: " + "))
    }
}

struct PlanLine: Encodable {
    private let event = "planned"
    private let file: String
    private let institution: String
    /// Of the rows alone; nothing is approved by it.
    private let content: String
    /// To be approved; missing while the institution has no key that signs.
    private let digest: String?
    private let statement: String?
    private let rows: Int
    private let bins: [String: Int]

    init(_ job: SheetJob, _ plan: BatchPlan, _ proposal: BatchProposal?) {
        file = job.fileName
        institution = job.institution.id.text
        content = Hex.encode(plan.digest)
        digest = (try? proposal?.statement.digest).map { Hex.encode($0) }
        statement = proposal?.statement.text
        rows = plan.bins.total
        bins = Dictionary(uniqueKeysWithValues: Bin.allCases.map { ($0.rawValue, plan.bins[$0]) })
    }
}

struct FindingLine: Encodable {
    private let event = "finding"
    private let file: String
    private let sheet: String?
    private let row: Int
    private let column: String?
    private let code: String
    private let anomaly: Int?
    private let severity: String
    private let zh: String
    private let en: String

    init(_ file: String, _ finding: Finding) {
        self.file = file
        sheet = finding.place.name
        row = finding.row
        column = finding.column?.letter
        code = finding.code
        anomaly = finding.anomaly
        severity = finding.severity.rawValue
        zh = finding.text.zh
        en = finding.text.en
    }
}
