import Approvals
import Credential
import Errors
import Foundation
import Signing
import Store
import TestSupport
import Testing

@Suite struct RosterTests {
    @Test("a roster is read as it was written; a damaged one, or one that others may read, is refused")
    func file() throws {
        let folder = try TemporaryDirectory()
        let path = folder.path + "/roster.json"
        #expect(try Roster(file: path) == Roster())
        var roster = try ApprovalScene(until: 99, institutions: [InstitutionID("4137012391")]).roster
        try roster.add(
            Approver(
                PrivateKey.generate(.sm2).publicKey, of: roster.approvers[0].account, institutions: nil, from: 5,
                until: nil))
        (roster.approvals, roster.approverKeys) = (.signed, .synced)
        _ = try roster.end(roster.approvers[0].credential, at: 77)
        try roster.save(to: path)
        #expect(try Roster(file: path) == roster)
        #expect(roster.persons(at: 60).count == 1)
        try damage(path) { $0.dropLast(9) }
        #expect(throws: Refusal(.damaged, zh: "", en: "")) { try Roster(file: path) }
    }

    private func damage(_ path: String, _ change: (String) -> Substring) throws {
        let text = try String(contentsOfFile: path, encoding: .utf8)
        try String(change(text)).write(toFile: path, atomically: false, encoding: .utf8)
    }

    @Test("a key is on the roster once, and is ended once; each part of an entry counts for the record")
    func entries() throws {
        var scene = try ApprovalScene()
        let approver = scene.roster.approvers[0]
        #expect(throws: ApprovalError(.rosterRefused, zh: "", en: "")) { try scene.roster.add(approver) }
        let others = [
            Approver(
                account: scene.maker, credential: approver.credential, key: approver.key, institutions: nil,
                from: approver.from, until: nil),
            Approver(
                account: scene.account, credential: [4], key: approver.key, institutions: nil, from: approver.from,
                until: nil),
            Approver(
                account: scene.account, credential: approver.credential, key: approver.key, institutions: [],
                from: approver.from, until: nil),
            Approver(
                account: scene.account, credential: approver.credential, key: approver.key, institutions: nil,
                from: approver.from, until: 9),
        ]
        #expect(try Set(([approver] + others).map { try $0.digest }).count == 5)
        let ended = try scene.roster.end(approver.credential, at: 9)
        // What the record has of it stays.
        #expect(try ended.digest == approver.digest)
        #expect(throws: ApprovalError(.unknownApprover, zh: "", en: "")) {
            _ = try scene.roster.end(approver.credential, at: 10)
        }
    }
}
