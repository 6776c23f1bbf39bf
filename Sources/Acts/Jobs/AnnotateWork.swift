import Errors
import Files
import Jobs
import Store

/// A sheet as it was sent and mended, with what became of each row: to be worked on in a spreadsheet program.
package struct AnnotateWork: JobWork {
    package static let kind = "annotate"
    private let office: Office

    package init(in office: Office) { self.office = office }

    package var kind: String { Self.kind }

    package static func subject(of sheet: SheetID) -> String { "sheet \(sheet.value)" }

    /// Of the sheet as it is now, for who asks: a later save is another job.
    package static func job(for sheet: StaffSheet, by account: AccountID, at time: Int) -> NewJob {
        NewJob(
            kind: kind, subject: subject(of: sheet.id), institution: sheet.institution,
            key: "\(kind) \(subject(of: sheet.id)) version \(sheet.version) for \(account)", by: account, askedAt: time)
    }

    package func run(_ job: Job, at desk: JobDesk) async throws -> JobResult? {
        guard let sheet = job.sheet, let draft = try await SheetDraft.load(sheet, in: office) else {
            throw Refusal(.missing, zh: "成绩表的文件已不在了", en: "the sheet's file is gone")
        }
        let judged = try await JudgedDraft(draft, in: office)
        guard let plan = judged.plan else {
            throw Refusal(
                .refused, judged.refusal ?? BilingualText(zh: "这份文件无法读取", en: "this file cannot be read"))
        }
        let path = try await JobFolder.open(for: job.id, in: office)
        defer { JobFolder.remove(path) }
        let made = path + "/annotated.xlsx"
        try await AnnotatedWorkbook(job: judged.job, plan: plan).write(to: made)
        return try await desk.keep(
            fileAt: made, named: "sheet-\(sheet.value)-annotated.xlsx", type: BatchFile.ledgerWorkbook.mediaType)
    }
}

extension Job {
    /// Of a job that is about a sheet.
    package var sheet: SheetID? {
        let words = asked.subject.split(separator: " ")
        return words.count == 2 && words[0] == "sheet" ? Int64(words[1]).map { SheetID($0) } : nil
    }
}
