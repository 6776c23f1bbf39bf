import Signing

/// An act in its place in the chain. docs/formats/audit-log.md specifies what the hash covers.
package struct AuditEntry: Hashable, Sendable {
    /// From 1, without gaps.
    package let sequence: Int
    package let act: AuditAct
    /// The hash of the entry before; 32 zero bytes before the first.
    package let previous: [UInt8]
    package let hash: [UInt8]

    package static let noPrevious = [UInt8](repeating: 0, count: SHA256Hasher.digestByteCount)

    /// As it was kept, not yet checked.
    package init(sequence: Int, act: AuditAct, previous: [UInt8], hash: [UInt8]) {
        self.sequence = sequence
        self.act = act
        self.previous = previous
        self.hash = hash
    }

    /// The entry that follows `last`, or the first one.
    package init(_ act: AuditAct, after last: AuditEntry?) throws {
        sequence = (last?.sequence ?? 0) + 1
        self.act = act
        previous = last?.hash ?? Self.noPrevious
        hash = try Self.hash(sequence: sequence, act: act, previous: previous)
    }

    /// The entry that follows acts which were lost with the database that had them.
    package init(_ act: AuditAct, resumingAfter checkpoint: AuditCheckpoint) throws {
        sequence = checkpoint.sequence + 1
        self.act = act
        previous = checkpoint.hash
        hash = try Self.hash(sequence: sequence, act: act, previous: previous)
    }

    /// Whether the hash is that of the content.
    var isIntact: Bool {
        get throws { try Self.hash(sequence: sequence, act: act, previous: previous) == hash }
    }

    /// Each part is preceded by its length, so that no two entries share their bytes.
    private static func hash(sequence: Int, act: AuditAct, previous: [UInt8]) throws -> [UInt8] {
        let parts: [[UInt8]] = [
            Array("signet-audit-1".utf8), bigEndian(sequence), bigEndian(act.time), Array(act.actor.utf8),
            Array(act.kind.rawValue.utf8), Array(try act.subject.json.utf8), act.digest, Array(act.reason.utf8),
            previous,
        ]
        return try SHA256.digest(parts.flatMap { bigEndian($0.count) + $0 })
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }
}
