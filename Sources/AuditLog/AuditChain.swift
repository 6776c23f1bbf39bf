import Errors
import Signing

/// Goes along the log entry by entry, and beside it along the checkpoints that were kept elsewhere.
package struct AuditChain {
    /// Acts that were declared lost, and the act by which the log went on.
    package struct Loss: Hashable, Sendable {
        package let acts: ClosedRange<Int>
        package let acceptance: AuditAct
    }

    private let nextCheckpoint: () throws -> AuditCheckpoint?
    private var last: AuditEntry?
    /// The first that no entry was compared with yet.
    private var pending: AuditCheckpoint?
    package private(set) var losses: [Loss] = []

    /// - Parameter checkpoints: gives one after the other, in ascending order, with verified signatures; nil at the end.
    package init(checkpoints: @escaping () throws -> AuditCheckpoint?) throws {
        nextCheckpoint = checkpoints
        pending = try checkpoints()
    }

    package init(checkpoints: [AuditCheckpoint]) throws {
        var rest = checkpoints.sorted { $0.sequence < $1.sequence }[...]
        try self.init { rest.popFirst() }
    }

    package mutating func add(_ entry: AuditEntry) throws {
        let expected = (last?.sequence ?? 0) + 1
        if entry.sequence > expected, entry.act.kind == .restoreAccepted {
            try passOver(upTo: entry)
        } else {
            guard entry.sequence == expected else {
                throw AuditProblem(
                    .missing, zh: "缺少第 \(expected) 条记录：其位置上是第 \(entry.sequence) 条",
                    en: "entry \(expected) is missing: \(entry.sequence) stands in its place")
            }
            guard entry.previous == last?.hash ?? AuditEntry.noPrevious, try entry.isIntact else {
                throw AuditProblem(
                    .altered, zh: "第 \(entry.sequence) 条记录与当初所写不符：其散列值对不上",
                    en: "entry \(entry.sequence) is not what was written: its hash does not follow from it")
            }
        }
        try compare(entry)
        last = entry
    }

    private mutating func compare(_ entry: AuditEntry) throws {
        var isSigned = false
        while let checkpoint = pending, checkpoint.sequence <= entry.sequence {
            guard checkpoint.hash == entry.hash else {
                throw isSigned
                    ? AuditProblem(
                        .forked, zh: "第 \(entry.sequence) 条记录有两个不同的已签名检查点：曾有两套历史",
                        en: "two signed checkpoints of entry \(entry.sequence) differ: there were two histories")
                    : AuditProblem(
                        .rewritten, zh: "第 \(entry.sequence) 条记录不是检查点所签的那一条：历史被改写过",
                        en:
                            "entry \(entry.sequence) is not the one that was signed in a checkpoint: history was rewritten"
                    )
            }
            isSigned = true
            try advance()
        }
    }

    /// Acts that an older backup did not have: a signed checkpoint must declare just these lost, and the entry must
    /// name the last one that is here and follow the last one that is not.
    private mutating func passOver(upTo entry: AuditEntry) throws {
        let lost = (last?.sequence ?? 0) + 1...entry.sequence - 1
        var isDeclared = false
        while let checkpoint = pending, checkpoint.sequence < entry.sequence {
            if checkpoint.sequence == lost.upperBound {
                guard checkpoint.hash == entry.previous else {
                    throw AuditProblem(
                        .forked, zh: "第 \(entry.sequence) 条记录没有按所签的那样接在第 \(lost.upperBound) 条之后",
                        en: "entry \(entry.sequence) does not follow entry \(lost.upperBound) as it was signed")
                }
                isDeclared = isDeclared || checkpoint.lost == lost
            }
            try advance()
        }
        guard isDeclared, entry.act.digest == last?.hash ?? AuditEntry.noPrevious, try entry.isIntact else {
            throw AuditProblem(
                .missing,
                zh: "缺少操作 \(lost.lowerBound) 至 \(lost.upperBound)，而没有人在已签名的检查点中声明其丢失："
                    + "声称丢失的第 \(entry.sequence) 条记录是后来塞入的",
                en:
                    "acts \(lost.lowerBound) to \(lost.upperBound) are missing, and nobody declared them lost in a signed "
                    + "checkpoint: entry \(entry.sequence), which says so, was put in")
        }
        losses.append(Loss(acts: lost, acceptance: entry.act))
    }

    private mutating func advance() throws {
        let next = try nextCheckpoint()
        if let next, let before = pending, next.sequence < before.sequence {
            throw AuditProblem(
                .badCheckpoint, zh: "第 \(next.sequence) 条记录的检查点排在第 \(before.sequence) 条的检查点之后：放入的是较早的副本",
                en:
                    "a checkpoint of entry \(next.sequence) comes after one of entry \(before.sequence): an older copy was put "
                    + "in its place")
        }
        pending = next
    }

    /// - Returns: the last entry; nil for an empty log.
    package func finish() throws(AuditProblem) -> AuditEntry? {
        if let pending {
            throw AuditProblem(
                .cut, zh: "审计记录止于第 \(last?.sequence ?? 0) 条，但检查点签过第 \(pending.sequence) 条：末尾被截去，或者放入的是较早的备份",
                en:
                    "the log ends at entry \(last?.sequence ?? 0), but entry \(pending.sequence) was signed in a checkpoint: "
                    + "its end was cut off, or an older backup is in place", remedy: .acceptBackup)
        }
        return last
    }
}

/// What is wrong with a log. Equal by code.
package typealias AuditProblem = CodedError<AuditProblemCode>

package enum AuditProblemCode: String, ErrorCode {
    case missing, altered, rewritten, cut, forked, badCheckpoint, contradicted, behind

    package var category: ErrorCategory { self == .behind ? .configuration : .damaged }
}
