import Errors
import Files
import Foundation
import HTTPSupport
import HTTPTypes
import Testing

@testable import signet

@Suite struct ExitCodeTests {
    /// The rows of docs/exit-codes.md that have a category: its name, exit code and HTTP status.
    private static func documented(_ text: String) -> [ErrorCategory: (exit: Int32, status: Int)] {
        var rows: [ErrorCategory: (exit: Int32, status: Int)] = [:]
        for line in text.split(separator: "\n") {
            let cells = line.split(separator: "|").map { $0.trimmingCharacters(in: .whitespaces) }
            guard cells.count == 4, let code = Int32(cells[0]), let status = Int(cells[2]),
                let category = ErrorCategory(rawValue: cells[1].trimmingCharacters(in: ["`"]))
            else { continue }
            rows[category] = (code, status)
        }
        return rows
    }

    private func objections(_ text: String) -> [String] {
        let rows = Self.documented(text)
        return ErrorCategory.allCases.filter { category in
            rows[category].map { $0 != (category.exitCode, category.httpStatus.code) } ?? true
        }.map(\.rawValue)
    }

    @Test("the documented table is what the program does, at a terminal and over HTTP")
    func table() throws {
        let text = try String(contentsOf: Repository.file("docs/exit-codes.md"), encoding: .utf8)
        #expect(objections(text) == [])
        // The control: another number is noticed, and a row that is missing.
        #expect(objections(text.replacing("| 409 |", with: "| 410 |")) == ["conflict"])
        #expect(objections(text.replacing("`busy`", with: "`idle`")) == ["busy"])
    }

    @Test("an asker is told what the asker can mend, and nothing of the server itself")
    func answers() {
        func problem(_ category: ErrorCategory) -> Problem { Problem(Refusal(category, zh: "甲", en: "/srv/a is so")) }
        for category in ErrorCategory.allCases {
            let problem = problem(category)
            #expect(problem.status == category.httpStatus)
            #expect((problem.detail.en == "/srv/a is so") == (problem.status.code < 500), "\(category)")
        }
        #expect(problem(.conflict).type == "conflict" && problem(.busy).retryAfter != nil)
        // A file of the server's own that is missing is no missing page.
        let file = Problem(FileError(.fileAccess, zh: "甲", en: "/srv/a is so"))
        #expect(file.status == .internalServerError && !file.detail.en.contains("/srv"))
        #expect(Problem(Refusal(.refused, zh: "甲", en: "a"), status: .contentTooLarge).status == .contentTooLarge)
    }
}
