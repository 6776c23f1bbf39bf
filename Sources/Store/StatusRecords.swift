import Credential
import StatusList

/// A status list as the store keeps it: how its indexes are given out, and what was last published.
package struct StatusListRecord: Hashable, Sendable {
    /// From 1: the N of `/status/N`.
    package let id: Int
    package let size: Int
    /// 32 bytes; the order in which indexes are given out.
    package let permutationKey: [UInt8]
    /// How many indexes were given out.
    package let next: Int
    /// How often entries were changed.
    package let changes: Int
    /// ``changes`` as last published; nil before the first time.
    package let publishedChanges: Int?
    /// The `iat` last claimed for publishing, in seconds since 1970; only goes up.
    package let publishedAt: Int?

    package var isFull: Bool { next >= size }
    package var isPublished: Bool { publishedChanges == changes }

    package init(
        id: Int, size: Int, permutationKey: [UInt8], next: Int, changes: Int, publishedChanges: Int?,
        publishedAt: Int?
    ) {
        self.id = id
        self.size = size
        self.permutationKey = permutationKey
        self.next = next
        self.changes = changes
        self.publishedChanges = publishedChanges
        self.publishedAt = publishedAt
    }
}

/// One act by one person that changes the status of one or many certificates.
package struct StatusAct: Hashable, Sendable {
    package let transition: StatusTransition
    package let reason: StatusReason
    package let note: String
    package let actor: String
    /// Seconds since 1970.
    package let time: Int

    package init(transition: StatusTransition, reason: StatusReason, note: String, actor: String, time: Int) {
        self.transition = transition
        self.reason = reason
        self.note = note
        self.actor = actor
        self.time = time
    }
}

/// A version whose status is to change, with the status it must have now.
package struct StatusChange: Hashable, Sendable {
    package let key: VersionKey
    package let place: StatusPlace
    /// The certificate's random identity, 16 bytes.
    package let certificateID: [UInt8]
    package let from: CertificateStatus

    package init(key: VersionKey, place: StatusPlace, certificateID: [UInt8], from: CertificateStatus) {
        self.key = key
        self.place = place
        self.certificateID = certificateID
        self.from = from
    }
}

/// A status other than valid, and the act that gave it.
package struct StatusEntry: Hashable, Sendable {
    package let key: VersionKey
    package let place: StatusPlace
    package let certificateID: [UInt8]
    package let status: CertificateStatus
    package let act: StatusAct

    package init(
        key: VersionKey, place: StatusPlace, certificateID: [UInt8], status: CertificateStatus, act: StatusAct
    ) {
        self.key = key
        self.place = place
        self.certificateID = certificateID
        self.status = status
        self.act = act
    }
}

/// A status taken over from a published list, of a certificate that the database lost or never had.
package struct KeptStatus: Hashable, Sendable {
    package let place: StatusPlace
    package let status: CertificateStatus

    package init(place: StatusPlace, status: CertificateStatus) {
        self.place = place
        self.status = status
    }
}

/// Which certificates are meant; what is nil does not matter.
package struct CertificateQuery: Hashable, Sendable {
    package var institution: String?
    package var batch: BatchID?
    package var occupationCode: String?
    package var level: Int?
    /// Days since 1970-01-01, both included.
    package var awardDays: ClosedRange<Int>?
    package var keyID: [UInt8]?

    package init(
        institution: String? = nil, batch: BatchID? = nil, occupationCode: String? = nil, level: Int? = nil,
        awardDays: ClosedRange<Int>? = nil, keyID: [UInt8]? = nil
    ) {
        self.institution = institution
        self.batch = batch
        self.occupationCode = occupationCode
        self.level = level
        self.awardDays = awardDays
        self.keyID = keyID
    }
}
