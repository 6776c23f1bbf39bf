import Encodings
import Errors
import Signing

/// The log up to an entry, in one signed line that is kept outside the database: whoever changes
/// the database cannot change it to match.
package struct AuditCheckpoint: Hashable, Sendable {
    package let sequence: Int
    package let hash: [UInt8]
    /// Seconds since 1970.
    package let time: Int
    /// What was used up by then and must never be used again, such as the next serial of each series.
    package let marks: [String: Int]
    /// Acts up to this one that somebody declared lost, when an older database was put in place. Nothing else says so.
    package let lost: ClosedRange<Int>?

    package init(
        sequence: Int, hash: [UInt8], time: Int, marks: [String: Int] = [:], lost: ClosedRange<Int>? = nil
    ) {
        self.lost = lost
        self.sequence = sequence
        self.hash = hash
        self.time = time
        self.marks = marks
    }

    /// Without the marks, for the file that grows by a line with each command.
    package var line: AuditCheckpoint { AuditCheckpoint(sequence: sequence, hash: hash, time: time, lost: lost) }

    /// The declaration that the acts from `first` up to this checkpoint are lost.
    package func declaringLost(from first: Int, at time: Int) -> AuditCheckpoint {
        AuditCheckpoint(sequence: sequence, hash: hash, time: time, lost: first...sequence)
    }

    private struct Content: Codable {
        var sequence: Int
        var hash: String
        var time: Int
        var marks: [String: Int]?
        /// The first and the last.
        var lost: [Int]?
    }

    /// A compact JWS (RFC 7515) by the audit key.
    package func signed(by key: PrivateKey) throws -> String {
        let content = Content(
            sequence: sequence, hash: Base64URL.encode(hash), time: time, marks: marks.isEmpty ? nil : marks,
            lost: lost.map { [$0.lowerBound, $0.upperBound] })
        return try CompactJWS.signed(content, type: Self.type, by: key)
    }

    package init(jws: some StringProtocol, key: PublicKey) throws {
        guard let jws = CompactJWS(jws), try jws.hasOwnHeader(type: Self.type, of: key), try jws.isSigned(by: key),
            let content = jws.content(as: Content.self),
            let hash = Base64URL.decode(content.hash), hash.count == SHA256Hasher.digestByteCount,
            Self.isRange(content.lost, upTo: content.sequence)
        else {
            throw AuditProblem(
                .badCheckpoint, zh: "有一个检查点不是由审计密钥 \(key.kid) 签名的，或者已损坏",
                en: "a checkpoint is not signed by the audit key \(key.kid), or damaged")
        }
        self.init(
            sequence: content.sequence, hash: hash, time: content.time, marks: content.marks ?? [:],
            lost: content.lost.map { $0[0]...$0[1] })
    }

    private static func isRange(_ lost: [Int]?, upTo sequence: Int) -> Bool {
        guard let lost else { return true }
        return lost.count == 2 && lost[0] >= 1 && lost[0] <= lost[1] && lost[1] == sequence
    }

    private static let type = "audit-checkpoint+jwt"
}
