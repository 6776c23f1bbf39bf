import Bulk
import Errors
import Foundation
import Signing
import TestSupport
import Testing
import Trust
import Verification

@Suite struct ReceiptTests {
    private static func receipt(_ desk: Desk) throws -> VerificationReceipt {
        let path = desk.folder.path + "/file"
        try Data("rows".utf8).write(to: URL(filePath: path))
        var counts = VerdictCounts()
        counts.count(.valid)
        counts.count(.couldNotCheck)
        let file = try VerificationReceipt.File(path: path)
        return try VerificationReceipt(
            of: file, result: file, counts: counts, trust: desk.list, status: StatusSource(), time: Desk.now,
            tool: "t/1")
    }

    private static func code(_ jws: String, _ trust: TrustSource) -> ReceiptProblem.Code? {
        do {
            _ = try VerificationReceipt(jws: Array(jws.utf8), trust: trust)
            return nil
        } catch { return (error as? ReceiptProblem)?.code }
    }

    @Test("what was signed is read again")
    func roundTrip() throws {
        let desk = try Desk()
        let receipt = try Self.receipt(desk)
        let jws = try receipt.signed(by: desk.receiptKey)
        #expect(try VerificationReceipt(jws: Array((jws + "\n").utf8), trust: desk.trust()) == receipt)
        #expect(receipt.rows == 2 && receipt.verdicts.valid == 1 && receipt.input.bytes == 4)
    }

    @Test("no changed byte is accepted")
    func tampering() throws {
        let desk = try Desk()
        let trust = try desk.trust()
        let jws = try Self.receipt(desk).signed(by: desk.receiptKey)
        let letters = Array(jws.utf8)
        for position in stride(from: 0, to: letters.count, by: 7) {
            var changed = letters
            changed[position] = changed[position] == 0x41 ? 0x42 : 0x41
            #expect(Self.code(String(decoding: changed, as: UTF8.self), trust) != nil, "at \(position)")
        }
        // Control: only those changes were refused.
        #expect(Self.code(jws, trust) == nil)
    }

    @Test("only a receipt key that is in force vouches for anything")
    func keys() throws {
        var desk = try Desk()
        desk.list.iat = Desk.now
        let receipt = try Self.receipt(desk)
        let trust = try desk.trust()
        #expect(Self.code(try receipt.signed(by: desk.key), trust) == .unknownKey)
        let jws = try receipt.signed(by: desk.receiptKey)
        #expect(Self.code(jws, .unavailable) == .trustListMissing)
        desk.list.receiptKeys?[0].to = Desk.now
        #expect(Self.code(jws, try desk.trust()) == .keyNotInForce)
        desk.list.receiptKeys = nil
        desk.list.iat = Desk.now - 1
        #expect(Self.code(jws, try desk.trust()) == .trustListOlder)
        desk.list.iat = Desk.now
        #expect(Self.code(jws, try desk.trust()) == .unknownKey)
    }

    @Test("one key never has two purposes")
    func apart() throws {
        var desk = try Desk()
        desk.list.statusKeys = desk.list.receiptKeys
        #expect(throws: TrustError(.inconsistent, zh: "", en: "")) { try desk.trust() }
    }
}
