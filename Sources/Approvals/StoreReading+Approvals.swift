import AuditLog
import Store

extension Submission {
    /// By which signed statements name it.
    package var subject: String { "submission \(id.value)" }

    package static func id(inSubject subject: String) -> SubmissionID? {
        let words = subject.split(separator: " ", omittingEmptySubsequences: false)
        guard words.count == 2, words[0] == "submission", let number = Int64(words[1]), String(number) == words[1]
        else {
            return nil
        }
        return SubmissionID(number)
    }
}

extension StoreReading {
    /// As ``ApprovalCheck`` asks for it.
    package func auditHash(_ sequence: Int) throws -> [UInt8]? {
        guard sequence > 0 else { return AuditEntry.noPrevious }
        let entry = try auditEntries(after: sequence - 1, limit: 1).first
        return entry?.sequence == sequence ? entry?.hash : nil
    }

    /// Of a passkey's last use before this one; nil for none.
    package func counter(before evidence: ApprovalEvidence) throws -> UInt32? {
        let data = try self.evidence(usedBefore: evidence.id, ofCredential: evidence.signed.credential)?.signed
            .authenticatorData
        guard let data, data.count >= 37 else { return nil }
        return data[33..<37].reduce(0) { $0 << 8 | UInt32($1) }
    }
}
