import Credential

/// Certificates as their holders have them. Put together where the store is.
package protocol HolderSource: Sendable {
    /// Uses an invitation up, and ends the sessions of who was let in before. Nil for one that is unknown, used or expired.
    ///
    /// - Throws: ``ServerBusy`` when too many passphrases wait to be digested.
    /// - Returns: the certificate's key in the store.
    func claim(_ token: String, passphrase: String) async throws -> CertificateKey?
    /// Does the same work whether there is such a certificate or not, so that the time tells nothing.
    ///
    /// - Parameter isKnownDevice: asked by a device from which the holder came in before, for which a place is kept.
    /// - Throws: ``ServerBusy`` when too many passphrases wait to be compared.
    func signIn(number: CertificateNumber, passphrase: String, isKnownDevice: Bool) async throws -> CertificateKey?
    /// Lets the holder in for a time.
    ///
    /// - Parameters:
    ///   - digest: SHA-256 of the session's token.
    ///   - time: seconds since 1970, as `end`.
    func begin(session digest: [UInt8], of certificate: CertificateKey, from time: Int, until end: Int) async throws
    /// Nil for a session that has ended, or never began.
    func certificate(session digest: [UInt8], at time: Int) async throws -> CertificateKey?
    /// The newest version.
    func certificate(_ key: CertificateKey, withPhoto: Bool) async throws -> HeldDocument
    /// Those that are not cancelled, expired ones too.
    func shares(of key: CertificateKey) async throws -> [HolderShare]
    /// - Returns: the code, shown only now.
    func share(_ key: CertificateKey, _ wish: ShareWish, from time: Int) async throws -> (
        share: HolderShare, code: String
    )
    /// False when there is none to cancel.
    func cancelShare(_ id: String, of key: CertificateKey) async throws -> Bool
    /// Nil for a code that is wrong or cancelled.
    func share(code: String) async throws -> (share: HolderShare, certificate: CertificateKey)?
    func countOpening(of id: String) async throws
    /// 32 bytes that stay when the server is started again: signs what tells a holder's device from a stranger's.
    var deviceKey: [UInt8] { get }
}

package struct HeldDocument: Sendable {
    package let qrText: String
    package let number: CertificateNumber
    package let scores: HolderScores
    /// A JPEG file; nil where it was not asked for, or the school keeps none.
    package let photo: [UInt8]?

    package init(qrText: String, number: CertificateNumber, scores: HolderScores, photo: [UInt8]?) {
        (self.qrText, self.number, self.scores, self.photo) = (qrText, number, scores, photo)
    }
}

/// As on the results sheet; nil for parts that were not examined.
package struct HolderScores: Encodable, Sendable {
    package let theory: String?
    package let skill: String?
    package let review: String?

    package init(theory: String?, skill: String?, review: String?) {
        (self.theory, self.skill, self.review) = (theory, skill, review)
    }
}

/// What a holder wants of a new share code.
package struct ShareWish: Decodable, Sendable {
    package let label: String
    package let days: Int
    package let scores: Bool
    package let photo: Bool
}

/// A share code as its holder sees it later: without the code.
package struct HolderShare: Encodable, Sendable {
    package let id: String
    /// To whom it went, in the holder's words, which nobody else sees.
    package let label: String
    package let scores: Bool
    package let photo: Bool
    /// Seconds since 1970.
    package let createdAt: Int
    package let expiresAt: Int
    package let openings: Int

    package init(
        id: String, label: String, scores: Bool, photo: Bool, createdAt: Int, expiresAt: Int, openings: Int
    ) {
        self.id = id
        self.label = label
        self.scores = scores
        self.photo = photo
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.openings = openings
    }

    package func isGood(at time: Int) -> Bool { time < expiresAt }
}
