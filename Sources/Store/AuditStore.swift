import AuditLog
import Credential
import Encodings
import Signing
import StatusList

package protocol AuditReading {
    func lastAuditEntry() throws -> AuditEntry?
    /// In order, after the given sequence.
    func auditEntries(after sequence: Int, limit: Int) throws -> [AuditEntry]
    /// The first serial never used of every series that was.
    func serialMarks() throws -> [String: Int]
}

package protocol AuditWriting: AuditReading {
    /// Writes an act down in the transaction in which it takes effect: both, or neither.
    @discardableResult
    func append(_ act: AuditAct) throws -> AuditEntry
}

extension AuditAct {
    /// - Parameter digest: over the identity and version of each certificate, in the store's order.
    package init(_ act: StatusAct, count: Int, digest: [UInt8]) {
        self.init(
            .statusChanged, actor: act.actor,
            subject: [
                .transition: .text(act.transition.rawValue), .certificates: .number(count),
                .cause: .text(act.reason.rawValue),
            ], digest: digest, reason: act.note, time: act.time)
    }

    /// Of an act that somebody approved.
    package init(_ kind: Kind, _ approval: Approval, subject: AuditSubject, digest: [UInt8] = []) {
        self.init(
            kind, actor: approval.actor, subject: subject, digest: digest, reason: approval.reason,
            time: approval.time)
    }
}

extension AuditSubject {
    package static func batch(_ id: BatchID) -> AuditSubject { [.batch: .number(Int(id.value))] }

    package static func part(_ position: Int, of batch: BatchID, certificates: Int) -> AuditSubject {
        .batch(batch).with(.part, .number(position)).with(.certificates, .number(certificates))
    }

    package static func campaign(_ id: CampaignID) -> AuditSubject { [.campaign: .number(Int(id.value))] }

    /// Named by its first certificate: a campaign has no parts before they are prepared.
    package static func part(
        from first: CertificateKey, of campaign: CampaignID, certificates: Int
    ) -> AuditSubject {
        .campaign(campaign).with(.batch, .number(Int(first.batch.value))).with(.row, .number(first.row))
            .with(.certificates, .number(certificates))
    }

    /// By a digest of its id, which only who has the certificate knows.
    package static func certificate(_ id: CertificateID) throws -> AuditSubject {
        [.certificate: .text(Hex.encode(try SHA256.digest(id.bytes).prefix(16)))]
    }
}
