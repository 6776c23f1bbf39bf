import Bulk
import Credential
import Foundation
import TestSupport
import Testing

@Suite struct ExceptionTests {
    private struct Found: Decodable {
        struct Cause: Decodable {
            let verdict: String
            let reason: String
            let count: Int
            let rows: [Row]
        }

        struct Row: Decodable, Equatable {
            var row: Int
            var number: String?
            var name: String?
            var sealedNumber: String?
            var sealedName: String?
        }

        let causes: [Cause]
    }

    private func found(_ lines: [String]) async throws -> [Found.Cause] {
        let desk = try Desk()
        let lines = try lines.map { $0.replacing("SEAL", with: try desk.qrText()) }
        let answers = try await desk.answers(desk.file("a.csv", lines.joined(separator: "\n").utf8))
        var exceptions = RowExceptions()
        for (row, answer) in answers { exceptions.add(row, answer) }
        return try JSONDecoder().decode(Found.self, from: JSONEncoder().encode(exceptions)).causes
    }

    @Test("what is valid is no exception; what is not is told by cause, with what is sealed where it is something else")
    func causes() async throws {
        let certificate = SampleCertificate.typical
        let (number, name) = (certificate.number.text, certificate.holderName)
        let causes = try await found([
            "姓名,证书编号,二维码", "\(name),\(number),SEAL", "李四,\(number),SEAL", "王五,,12345", "\(name),X1,SEAL",
        ])
        #expect(causes.map(\.reason) == ["contradicts-row", "not-a-seal"])
        #expect(causes.map(\.verdict) == ["not-valid", "could-not-check"])
        #expect(causes.map(\.count) == [2, 1])
        #expect(
            causes[0].rows == [
                Found.Row(row: 3, number: number, name: "李四", sealedName: name),
                Found.Row(row: 5, number: "X1", name: name, sealedNumber: number),
            ])
        #expect(causes[1].rows == [Found.Row(row: 4, name: "王五")])
    }

    @Test("all rows of a cause are counted, and the first 200 kept; long texts are cut")
    func caps() async throws {
        let causes = try await found(
            ["姓名,二维码"] + (0..<250).map { "\(String(repeating: "王", count: $0 == 0 ? 100 : 101))\($0),1" })
        #expect(causes.count == 1 && causes[0].count == 250)
        #expect(causes[0].rows.map(\.row) == Array(2..<202))
        #expect(causes[0].rows.allSatisfy { $0.name?.count == 101 && $0.name?.hasSuffix("…") == true })
    }
}
