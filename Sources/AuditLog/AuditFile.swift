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

package enum AuditFile {
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
        guard accepted.count > 0 || lines.count == checkpoint.sequence else {
            throw AuditProblem(
                .missing, zh: "文件中有 \(lines.count) 个操作，但签过 \(checkpoint.sequence) 个",
                en: "the file has \(lines.count) acts, but \(checkpoint.sequence) were signed")
        }
        var chain = try AuditChain(checkpoints: accepted + [checkpoint])
        for (index, line) in lines.enumerated() {
            guard let entry = try? JSONDecoder().decode(AuditLine.self, from: Data(line)).entry else {
                throw AuditProblem(.altered, zh: "第 \(index + 1) 行不是操作", en: "line \(index + 1) is not an act")
            }
            try chain.add(entry)
        }
        guard let last = try chain.finish() else {
            throw AuditProblem(.missing, zh: "文件中没有操作", en: "the file has no acts")
        }
        return (last, chain.losses)
    }
}
