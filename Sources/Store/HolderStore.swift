import Credential

/// A way for a holder to take up access to a certificate, once. The token itself is kept by nobody here.
package struct ClaimInvitation: Hashable, Sendable {
    /// SHA-256 of the token. That is enough against guessing, as tokens are random and long.
    package let digest: [UInt8]
    /// As in ``VersionKey``.
    package let certificate: CertificateKey
    /// Seconds since 1970, as all instants here.
    package let expiresAt: Int

    package init(digest: [UInt8], certificate: CertificateKey, expiresAt: Int) {
        (self.digest, self.certificate, self.expiresAt) = (digest, certificate, expiresAt)
    }
}

/// How a holder proves to be the one who took up the invitation.
package struct HolderAccess: Hashable, Sendable {
    package let certificate: CertificateKey
    package let salt: [UInt8]
    /// Of the passphrase, by a function that is slow on purpose.
    package let digest: [UInt8]

    package init(certificate: CertificateKey, salt: [UInt8], digest: [UInt8]) {
        (self.certificate, self.salt, self.digest) = (certificate, salt, digest)
    }
}

/// A holder who has shown the passphrase lately, on any server. The token itself is kept by nobody here.
package struct HolderSession: Hashable, Sendable {
    /// SHA-256 of the token.
    package let digest: [UInt8]
    package let certificate: CertificateKey
    package let endsAt: Int

    package init(digest: [UInt8], certificate: CertificateKey, endsAt: Int) {
        (self.digest, self.certificate, self.endsAt) = (digest, certificate, endsAt)
    }
}

/// What a holder gave somebody, to see the certificate for a time.
package struct ShareCode: Hashable, Sendable {
    /// Public, to speak about the code: 16 hexadecimal digits.
    package let id: String
    /// SHA-256 of the code.
    package let digest: [UInt8]
    package let certificate: CertificateKey
    /// To whom it went, in the holder's words.
    package let label: String
    package let showsScores: Bool
    package let showsPhoto: Bool
    package let createdAt: Int
    package let expiresAt: Int
    package let cancelledAt: Int?
    /// How often it was opened.
    package let openings: Int

    package init(
        id: String, digest: [UInt8], certificate: CertificateKey, label: String, showsScores: Bool, showsPhoto: Bool,
        createdAt: Int, expiresAt: Int, cancelledAt: Int? = nil, openings: Int = 0
    ) {
        self.id = id
        self.digest = digest
        self.certificate = certificate
        self.label = label
        self.showsScores = showsScores
        self.showsPhoto = showsPhoto
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.cancelledAt = cancelledAt
        self.openings = openings
    }
}

package protocol HolderReading {
    func invitation(digest: [UInt8]) throws -> ClaimInvitation?
    func holderAccess(of certificate: CertificateKey) throws -> HolderAccess?
    /// Nil for one that has ended.
    func session(digest: [UInt8], at time: Int) throws -> HolderSession?
    /// In the order in which they were made.
    func shareCodes(of certificate: CertificateKey) throws -> [ShareCode]
    func shareCode(digest: [UInt8]) throws -> ShareCode?
}

package protocol HolderWriting: HolderReading {
    /// Ends the certificate's earlier invitation.
    func save(_ invitation: ClaimInvitation) throws
    /// Uses an invitation up, replaces the access that there was, and ends the sessions of who had it. One that is not there or expired is
    /// ``StoreError/Code/notFound``.
    func claim(_ invitation: [UInt8], as access: HolderAccess, at time: Int) throws
    /// Those that have ended by then are forgotten. A digest that is there already is a ``StoreError/Code/conflict``.
    func insert(_ session: HolderSession, at time: Int) throws
    /// An id or digest that is there already is a ``StoreError/Code/conflict``.
    func insert(_ code: ShareCode) throws
    /// Final, and once; a code that is not there, of another certificate or cancelled is ``StoreError/Code/notFound``.
    func cancelShareCode(_ id: String, of certificate: CertificateKey, at time: Int) throws
    func countOpening(of id: String) throws
}
