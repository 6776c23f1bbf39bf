import Credential
import HomeFolder
import Results
import Signing
import Store
import TestSupport

@testable import Acts

/// A sheet that was frozen and submitted, without the pages that do it.
enum SubmittedSheet {
    static let occupation = Occupation(code: "4-02-06-03", name: "物流服务师")

    /// - Parameters:
    ///   - rows: how many pass; the first is at the pass mark, the second has a passport, and somebody answered for the
    ///     third.
    ///   - name: of the first.
    static func make(
        _ rows: Int, in portal: TestPortal, by maker: Account, name: String = "张晓丽"
    ) async throws -> Submission {
        let frozen = try FrozenSheet((1...rows).map { row($0, by: maker, name: $0 == 1 ? name : "张晓丽") })
        let digest = try SHA256.digest(frozen.bytes)
        let files = FrozenFiles(try portal.office.home.dataKeys())
        let institution = TestPortal.institution
        return try await portal.store.write { store in
            if try store.institutions().isEmpty {
                try store.save(institution)
                try store.save(
                    Filing(
                        institution: institution.id, occupation: occupation, level: .seniorWorker,
                        from: SampleSheet.day("2020-01-01"), to: nil))
            }
            let sheet = try store.insert(
                NewSheet(
                    institution: institution.id, title: "2026 年 6 月成绩", startedBy: maker.id, at: 100,
                    file: SheetFile(digest: digest, nameBox: [1], byteCount: 1, pieceCount: 1)), pieces: { _ in [[1]] })
            return try store.insert(
                NewSubmission(
                    sheet: sheet.id, institution: institution.id, awardDate: SampleSheet.day("2026-07-10"),
                    digest: digest, rowCount: rows, certificateCount: rows,
                    bins: [Bin.issued.rawValue: rows, Bin.absent.rawValue: 2], contributors: [maker.id],
                    submittedBy: maker.id, submittedAt: 200), pieces: { try files.pieces(of: frozen.bytes, for: $0) })
        }
    }

    private static func row(_ number: Int, by maker: Account, name: String) -> FrozenRow {
        let document =
            number == 2
            ? IdentityDocument(kind: .passport, number: "E12345678")
            : IdentityDocument(kind: .residentIDCard, number: SampleSheet.identityNumber(number * 2))
        let result = ExamResult(
            sheetRow: number + 1, name: name, document: document, studentNumber: "\(20_230_000 + number)",
            major: "现代物流管理", occupationName: occupation.name, occupationCode: occupation.code,
            specialisation: "冷链物流员", level: .seniorWorker, theory: Score(hundredths: number == 1 ? 6_050 : 7_500),
            skill: Score(hundredths: 8_000), examDate: SampleSheet.day("2026-06-20"))
        let answer = FrozenRow.Answer(rules: ["sex-contradicts"], reason: "已核对", account: maker.id.description)
        return FrozenRow(table: nil, rowBase: 0, mark: nil, result: result, answer: number == 3 ? answer : nil)
    }
}
