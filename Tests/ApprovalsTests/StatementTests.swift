import Approvals
import Errors
import Signing
import Store
import TestSupport
import Testing

/// A case of Tests/Vectors/approvals.
struct ApprovalCase: Decodable {
    struct File: Decodable {
        let origin: String
        let cases: [ApprovalCase]
    }

    let act, root, subjectDigest, account, credential, hash, random, bytes, challenge, key: String
    let authenticatorData, clientDataJSON, signature, evidenceDigest, fingerprint: String
    let lines: [String]
    let sequence, time: Int

    static func file() throws -> File { try Vectors.json("approvals/cases.json") }

    var signed: SignedStatement {
        SignedStatement(
            act: act, subject: "submission 12", subjectDigest: Vectors.hex(subjectDigest),
            statement: Vectors.hex(bytes),
            // 16 bytes in every case.
            account: AccountID(hex: account)!, credential: Vectors.hex(credential),
            authenticatorData: Vectors.hex(authenticatorData), clientDataJSON: Vectors.hex(clientDataJSON),
            signature: Vectors.hex(signature))
    }
}

@Suite struct StatementTests {
    @Test("bytes, challenge and digest are those of another program")
    func vectors() throws {
        let cases = try ApprovalCase.file().cases
        #expect(cases.count == 3)
        for one in cases {
            let statement = try Statement(Vectors.hex(one.bytes))
            #expect(statement.act.rawValue == one.act && statement.lines == one.lines)
            #expect(statement.root.bytes == Vectors.hex(one.root) && statement.hash == Vectors.hex(one.hash))
            #expect(statement.account.description == one.account && statement.random == Vectors.hex(one.random))
            #expect(statement.subjectDigest == Vectors.hex(one.subjectDigest) && statement.time == one.time)
            #expect(statement.credential == Vectors.hex(one.credential) && statement.sequence == one.sequence)
            #expect(statement.bytes == Vectors.hex(one.bytes))
            #expect(try statement.challenge == Vectors.hex(one.challenge))
            #expect(try one.signed.digest == Vectors.hex(one.evidenceDigest))
            #expect(
                try Approver.fingerprint(
                    of: Vectors.hex(one.key), credential: statement.credential, account: statement.account)
                    == one.fingerprint)
        }
    }

    @Test("what is cut, longer, or of other parts is no statement; a change of any byte is another one or none")
    func mutants() throws {
        let sound = Vectors.hex(try ApprovalCase.file().cases[0].bytes)
        for count in 0..<sound.count {
            #expect(throws: ApprovalError.self) { try Statement(Array(sound.prefix(count))) }
        }
        #expect(throws: ApprovalError.self) { try Statement(sound + [0]) }
        #expect(throws: ApprovalError.self) { try Statement(sound + [UInt8](repeating: 0, count: 8)) }
        var (refused, others) = (0, 0)
        for place in sound.indices {
            var mutant = sound
            mutant[place] ^= 0x80
            guard let other = try? Statement(mutant) else {
                refused += 1
                continue
            }
            others += 1
            #expect(other.bytes == mutant)
        }
        // The control: digests and ids may be anything, lengths and texts may not.
        #expect(refused > 80 && others > 80)
    }

    @Test("lines of another's making are refused")
    func lines() throws {
        let sound = try Statement(Vectors.hex(try ApprovalCase.file().cases[0].bytes))
        func with(_ lines: [String]) throws -> Statement {
            try Statement(
                root: sound.root, act: sound.act, subjectDigest: sound.subjectDigest, lines: lines,
                account: sound.account, credential: sound.credential, sequence: sound.sequence, hash: sound.hash,
                time: sound.time, random: sound.random)
        }
        #expect(try Statement(with(["a", "b"]).bytes).lines == ["a", "b"])
        for lines in [[], [""], ["a\nb"], ["a\u{202E}b"], ["a\u{0}"], [String(repeating: "a", count: 40_000)]] {
            #expect(throws: ApprovalError.self, "\(lines.first?.prefix(9) ?? "none")") { _ = try with(lines) }
        }
    }
}
