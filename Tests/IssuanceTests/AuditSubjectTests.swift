import AuditLog
import Credential
import Errors
import Signing
import Testing

@testable import Audit

/// Subjects as they are kept, and parts in whichever order they were prepared.
@Suite struct AuditSubjectTests {
    @Test("A subject has one text, and anything else is no subject")
    func text() throws {
        let subject: AuditSubject = [.part: .number(0), .batch: .number(12), .rule: .text("甲/\"乙\"")]
        #expect(try subject.json == #"{"batch":12,"part":0,"rule":"甲/\"乙\""}"#)
        #expect(try AuditSubject(json: subject.json) == subject)
        let wrong = [
            "", "batch 12", "[]", #"{"batch": 12}"#, #"{"part":0,"batch":12}"#, #"{"batch":12.0}"#, #"{"batch":null}"#,
            #"{"batch":12,"batch":12}"#, #"{"colour":1}"#, #"{"rule":"\/"}"#,
        ]
        for text in wrong { #expect(throws: AuditProblem(.altered, zh: "", en: "")) { try AuditSubject(json: text) } }
    }

    @Test("Every act has a sentence in which no field is missing")
    func sentences() {
        let all = AuditSubject.Field.allCases.reduce(AuditSubject()) { $0.with($1, .text("x")) }
        for kind in AuditAct.Kind.allCases {
            let sentence = AuditAct(kind, actor: "t", subject: all, time: 0).sentence
            #expect(!sentence.isEmpty && !sentence.contains("?"), "\(kind)")
        }
    }

    @Test("Parts are found by position, whichever was prepared first, and each once")
    func parts() throws {
        func digest(_ rows: Range<Int>) throws -> [UInt8] { try SHA256.digest(rows.map { UInt8($0) }) }
        func part(_ position: Int, _ rows: Range<Int>) throws -> AuditedPart {
            AuditedPart(
                position: CertificateKey(batch: BatchID(1), row: position), count: rows.count,
                digest: try digest(rows))
        }
        func isWhole(_ parts: [AuditedPart]) throws -> Bool {
            var prepared = try PreparedParts(parts)
            for row in 0..<9 { guard try prepared.add({ try $0.update([UInt8(row)]) }) else { return false } }
            return prepared.isAtEnd
        }
        let parts = [try part(0, 0..<4), try part(1, 4..<7), try part(2, 7..<9)]
        for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0], [2, 1, 0]] { #expect(try isWhole(order.map { parts[$0] })) }
        // The controls: one is missing, one is there twice, and two have each other's places.
        #expect(try !isWhole(Array(parts[0...1])))
        #expect(try !isWhole(parts + [parts[2]]))
        #expect(try !isWhole([parts[0], try part(2, 4..<7), try part(1, 7..<9)]))
    }
}
