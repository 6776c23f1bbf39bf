import Credential
import Encodings
import Errors
import FoundationEssentials
import Signing

/// A line of an exported record. docs/formats/audit-log.md specifies it.
package struct AuditLine: Codable {
    package var sequence: Int
    package var time: Int
    package var actor: String
    package var act: String
    package var subject: AuditSubject
    package var digest: String
    package var reason: String
    package var previous: String
    package var hash: String

    package init(_ entry: AuditEntry) {
        sequence = entry.sequence
        time = entry.act.time
        actor = entry.act.actor
        act = entry.act.kind.rawValue
        subject = entry.act.subject
        digest = Hex.encode(entry.act.digest)
        reason = entry.act.reason
        previous = Hex.encode(entry.previous)
        hash = Hex.encode(entry.hash)
    }

    /// Nil for a line that no export could have written.
    package var entry: AuditEntry? {
        guard let kind = AuditAct.Kind(rawValue: act), let digest = Hex.decode(digest),
            let previous = Hex.decode(previous), let hash = Hex.decode(hash)
        else { return nil }
        return AuditEntry(
            sequence: sequence,
            act: AuditAct(kind, actor: actor, subject: subject, digest: digest, reason: reason, time: time),
            previous: previous, hash: hash)
    }
}

/// The last line of an export.
package struct CheckpointLine: Codable {
    package var checkpoint: String

    package init(checkpoint: String) {
        self.checkpoint = checkpoint
    }
}

/// A signed statement, behind the act that records it: its nine parts, in base64url.
package struct EvidenceLine: Codable {
    package var evidence: [String]

    package init(_ parts: [[UInt8]]) { evidence = parts.map { Base64URL.encode($0) } }

    /// Nil for what is no such line.
    fileprivate var digest: [UInt8]? {
        let parts = evidence.compactMap { Base64URL.decode($0) }
        guard parts.count == evidence.count, parts.count == 9 else { return nil }
        return try? Self.digest(of: parts)
    }

    /// SHA-256 over the parts, each preceded by its length in eight bytes.
    package static func digest(of parts: [[UInt8]]) throws(SigningError) -> [UInt8] {
        try SHA256.digest(
            parts.flatMap { part in
                (0..<8).map { UInt8(truncatingIfNeeded: part.count >> (56 - 8 * $0)) } + part
            })
    }
}

package enum AuditFile {
    private static let evidenceStart = Array(#"{"evidence""#.utf8)

    /// - Returns: the last act, after all of them were checked, and what was lost before.
    package static func check(_ bytes: [UInt8], key: PublicKey) throws -> (last: AuditEntry, losses: [AuditChain.Loss])
    {
        var lines = bytes.split(separator: 0x0A)
        guard let end = lines.popLast(),
            let jws = try? JSONDecoder().decode(CheckpointLine.self, from: Data(end)).checkpoint
        else { throw AuditProblem(.cut, zh: "文件末尾没有已签名的检查点", en: "the file does not end with a signed checkpoint") }
        let checkpoint = try AuditCheckpoint(jws: jws, key: key)
        // Where acts were lost with a database, the checkpoint that declares it stands before what follows.
        let accepted = try lines.compactMap { line in
            try? JSONDecoder().decode(CheckpointLine.self, from: Data(line)).checkpoint
        }.map { try AuditCheckpoint(jws: $0, key: key) }
        lines.removeAll { $0.starts(with: #"{"checkpoint""#.utf8) }
        let count = lines.count { !$0.starts(with: evidenceStart) }
        guard accepted.count > 0 || count == checkpoint.sequence else {
            throw AuditProblem(
                .missing, zh: "文件中有 \(count) 个操作，但签过 \(checkpoint.sequence) 个",
                en: "the file has \(count) acts, but \(checkpoint.sequence) were signed")
        }
        var chain = try AuditChain(checkpoints: accepted + [checkpoint])
        var evidenced: AuditEntry?
        for (index, line) in lines.enumerated() {
            // Behind its act stands the evidence, and nowhere else.
            if line.starts(with: evidenceStart) != (evidenced != nil) { throw wrongEvidence(index) }
            if let entry = evidenced {
                let found = try? JSONDecoder().decode(EvidenceLine.self, from: Data(line)).digest
                guard found == entry.act.digest else { throw wrongEvidence(index) }
                evidenced = nil
                continue
            }
            guard let entry = try? JSONDecoder().decode(AuditLine.self, from: Data(line)).entry else {
                throw AuditProblem(.altered, zh: "第 \(index + 1) 行不是操作", en: "line \(index + 1) is not an act")
            }
            try chain.add(entry)
            evidenced = entry.act.kind == .approvalSigned ? entry : nil
        }
        if evidenced != nil { throw wrongEvidence(lines.count) }
        guard let last = try chain.finish() else {
            throw AuditProblem(.missing, zh: "文件中没有操作", en: "the file has no acts")
        }
        return (last, chain.losses)
    }

    private static func wrongEvidence(_ index: Int) -> AuditProblem {
        AuditProblem(
            .contradicted, zh: "第 \(index + 1) 行：签名的批准与其操作记录不符，或缺失",
            en: "line \(index + 1): a signed approval is missing, or is not the one that was recorded")
    }
}
