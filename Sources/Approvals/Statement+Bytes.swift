import Errors
import Signing
import Store

/// Eleven parts, each preceded by its length in eight bytes, big-endian.
extension Statement {
    private static let magic = Array("signet-approval-1".utf8)
    private static let mostBytes = 1 << 16

    package var bytes: [UInt8] {
        [
            Self.magic, root.bytes, Array(act.rawValue.utf8), subjectDigest, Array(text.utf8), account.bytes,
            credential, Self.bigEndian(sequence), hash, Self.bigEndian(time), random,
        ].flatMap { Self.bigEndian($0.count) + $0 }
    }

    /// - Throws: ``ApprovalErrorCode/malformed`` for anything but bytes as ``bytes`` has them.
    package init(_ bytes: [UInt8]) throws(ApprovalError) {
        guard bytes.count <= Self.mostBytes else { throw .malformed("its length") }
        var rest = bytes[...]
        var parts: [[UInt8]] = []
        while !rest.isEmpty, parts.count < 11 { parts.append(try Self.part(&rest)) }
        guard rest.isEmpty, parts.count == 11, parts[0] == Self.magic else { throw .malformed("its parts") }
        guard let root = KeyID(bytes: parts[1]), let account = AccountID(bytes: parts[5]),
            let act = StatementAct(rawValue: String(decoding: parts[2], as: UTF8.self)),
            let lines = Self.lines(parts[4]), let sequence = Self.number(parts[7]), let time = Self.number(parts[9])
        else { throw .malformed("a part") }
        try self.init(
            root: root, act: act, subjectDigest: parts[3], lines: lines, account: account, credential: parts[6],
            sequence: sequence, hash: parts[8], time: time, random: parts[10])
        guard self.bytes == bytes else { throw .malformed("its spelling") }
    }

    private static func part(_ rest: inout ArraySlice<UInt8>) throws(ApprovalError) -> [UInt8] {
        guard let count = number(Array(rest.prefix(8))), count <= rest.count - 8 else { throw .malformed("it is cut") }
        let part = Array(rest.dropFirst(8).prefix(count))
        rest = rest.dropFirst(8 + count)
        return part
    }

    private static func lines(_ bytes: [UInt8]) -> [String]? {
        guard bytes.last == 0x0A, (try? UTF8Span(validating: bytes.span)) != nil else { return nil }
        return bytes.dropLast().split(separator: 0x0A, omittingEmptySubsequences: false).map {
            String(decoding: $0, as: UTF8.self)
        }
    }

    private static func bigEndian(_ value: Int) -> [UInt8] {
        (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) }
    }

    /// Nil unless there are eight bytes of a number that is not negative.
    private static func number(_ bytes: [UInt8]) -> Int? {
        guard bytes.count == 8, bytes[0] < 0x80 else { return nil }
        return bytes.reduce(0) { $0 << 8 | Int($1) }
    }
}
