import Bulk
import Foundation
import Parsing
import Signing
import TestSupport
import Testing
import Trust
import Verification

/// What offices, scanners and mail programs made of genuine certificates, by the evidence that came with them.
@Suite struct FieldCaseTests {
    struct Case: Sendable, CustomTestStringConvertible {
        let file: String
        /// In the order of the rows: a reason, or `valid`.
        let answers: [String]
        var testDescription: String { file }

        init(_ file: String, _ answers: String...) { (self.file, self.answers) = (file, answers) }
    }

    /// Checked by the day on which the newest list was signed.
    private static func engine() throws -> BulkVerification {
        let folder = Vectors.directory.appending(path: "verify")
        let pem = try String(contentsOf: folder.appending(path: "root.pub.pem"), encoding: .utf8)
        let data = try Data(contentsOf: folder.appending(path: "fair.bundle"))
        let bundle = try #require(VerificationBundle(decoding: Array(data)))
        let list = try VerifiedTrustList(jws: bundle.trustList, root: PublicKey(pem: pem))
        var status = StatusSource()
        for token in bundle.statusLists { status.add(Array(token.utf8), from: nil, trust: list) }
        let now = max(list.list.iat, status.issuedAt.values.max() ?? 0) + 60
        return BulkVerification(
            trust: .list(list), status: status, now: now, isTrustCurrent: false, workers: workers)
    }

    private static let workers = ParsingPool(arguments: [Products.signet, ParsingPool.command], seconds: 60)

    static let cases = [
        Case("all-quoted.csv", "valid"), Case("qr-only.csv", "valid"), Case("text.txt", "valid"),
        Case("messages.txt", "valid", "valid"), Case("na.csv", "needs-service", "needs-service"),
        Case("number-forms.csv", "valid", "valid", "valid"),
        Case("qr-last-others.csv", "contradicts-row", "contradicts-row", "contradicts-row"),
        Case("qr-last-others-zh.csv", "contradicts-row", "contradicts-row", "contradicts-row"),
        Case("qr-last-mixed.csv", "needs-service", "valid", "needs-service", "valid", "needs-service", "valid"),
        Case(
            "qr-cell-damage.csv", "valid", "valid", "valid", "valid", "valid", "seal-damaged", "not-a-seal",
            "not-a-seal"),
        Case("sequence-and-number.csv", "needs-service", "needs-service", "needs-service"),
        Case("title-row.xlsx", "valid", "valid", "valid"), Case("second-sheet.xlsx", "valid", "valid", "valid"),
        Case("original.pdf", "valid"), Case("half.pdf", "document-damaged"),
        Case("with-password.pdf", "document-encrypted"),
        Case("newline-behind.pdf", "document-space-behind"), Case("office-scan.pdf", "document-copy"),
        Case("office-scan.jpg", "valid"), Case("reference.png", "valid"), Case("transparent.png", "valid"),
        Case("inverted.png", "valid"), Case("cmyk.jpg", "valid"), Case("animated.webp", "valid"),
        Case("certificate-and-12-codes.png", "valid"), Case("two-certificates.png", "several-codes"),
    ]

    @Test(arguments: cases)
    func answered(_ item: Case) async throws {
        let path = Vectors.directory.appending(path: "verify/\(item.file)").path
        let input = try BulkInput(path: path, name: item.file, workers: Self.workers)
        var found: [String] = []
        _ = try await Self.engine().run(input.open(.own)) { rows in
            found += rows.map { $0.1.reason ?? $0.1.outcome.rawValue }
        }
        #expect(found == item.answers)
    }

    @Test(arguments: [
        ("numbers.txt", BulkProblem.Code.noColumns), ("unknown-header.csv", .noColumns), ("some.eml", .unknownFormat),
        ("list.ods", .unknownFormat), ("empty.pdf", .empty),
    ])
    func refused(_ file: String, _ code: BulkProblem.Code) throws {
        let path = Vectors.directory.appending(path: "verify/\(file)").path
        do {
            _ = try BulkInput(path: path, name: file, workers: Self.workers).open(.own)
            Issue.record("it was taken")
        } catch let problem as BulkProblem {
            #expect(problem.code == code)
            // Titles are told, and nobody's number.
            #expect("\(problem)".contains("职业资格证书编号") == (file == "unknown-header.csv"))
            #expect(!"\(problem)".contains("Y0000"))
        }
    }
}
