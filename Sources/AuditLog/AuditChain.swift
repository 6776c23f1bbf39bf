import Signing

/// Goes along the log entry by entry, and beside it along the checkpoints that were kept elsewhere.
package struct AuditChain {
    private var last: AuditEntry?
    /// By sequence, those not yet passed.
    private var checkpoints: [Int: AuditCheckpoint]
    private let newest: AuditCheckpoint?

    /// - Parameter checkpoints: with verified signatures.
    package init(checkpoints: [AuditCheckpoint]) throws(AuditProblem) {
        newest = checkpoints.max { $0.sequence < $1.sequence }
        var bySequence: [Int: AuditCheckpoint] = [:]
        for checkpoint in checkpoints {
            if let other = bySequence.updateValue(checkpoint, forKey: checkpoint.sequence),
                other.hash != checkpoint.hash
            {
                throw AuditProblem(
                    .forked, "two signed checkpoints of entry \(checkpoint.sequence) differ: there were two histories")
            }
        }
        self.checkpoints = bySequence
    }

    package mutating func add(_ entry: AuditEntry) throws {
        let expected = (last?.sequence ?? 0) + 1
        if entry.sequence > expected, entry.act.kind == .restoreAccepted {
            try passOver(upTo: entry)
            last = entry
            return
        }
        guard entry.sequence == expected else {
            throw AuditProblem(.missing, "entry \(expected) is missing: \(entry.sequence) stands in its place")
        }
        guard entry.previous == last?.hash ?? AuditEntry.noPrevious, try entry.isIntact else {
            throw AuditProblem(
                .altered, "entry \(entry.sequence) is not what was written: its hash does not follow from it")
        }
        if let checkpoint = checkpoints.removeValue(forKey: entry.sequence), checkpoint.hash != entry.hash {
            throw AuditProblem(
                .rewritten,
                "entry \(entry.sequence) is not the one that was signed in a checkpoint: history was rewritten")
        }
        last = entry
    }

    /// Acts that an older backup did not have, declared lost when it was put in place: the entry must name
    /// the last one that is here, and follow the one that a checkpoint signed.
    private mutating func passOver(upTo entry: AuditEntry) throws {
        guard entry.act.digest == last?.hash ?? AuditEntry.noPrevious,
            checkpoints[entry.sequence - 1]?.hash == entry.previous, try entry.isIntact
        else {
            throw AuditProblem(
                .missing, "acts before entry \(entry.sequence) are missing, and no checkpoint says that they were lost")
        }
        checkpoints = checkpoints.filter { $0.key > entry.sequence }
    }

    /// - Returns: the last entry; nil for an empty log.
    package func finish() throws(AuditProblem) -> AuditEntry? {
        if let newest, newest.sequence > last?.sequence ?? 0 {
            throw AuditProblem(
                .cut,
                "the log ends at entry \(last?.sequence ?? 0), but entry \(newest.sequence) was signed in a checkpoint: "
                    + "its end was cut off, or an older backup is in place (see signet restore)")
        }
        return last
    }
}

/// What is wrong with a log. Equal by code.
package struct AuditProblem: Error, Equatable, CustomStringConvertible {
    package enum Code: String, Sendable {
        case missing, altered, rewritten, cut, forked, badCheckpoint, contradicted, behind
    }

    package let code: Code
    package let reason: String

    package init(_ code: Code, _ reason: String) {
        self.code = code
        self.reason = reason
    }

    package static func == (a: Self, b: Self) -> Bool { a.code == b.code }
    package var description: String { reason }
}
