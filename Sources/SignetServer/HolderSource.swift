/// Certificates as their holders have them. Put together where the store is.
package protocol HolderSource: Sendable {
    /// Uses an invitation up. Nil for one that is unknown, used or expired.
    ///
    /// - Returns: the certificate's key in the store.
    func claim(_ token: String, passphrase: String) async throws -> Int64?
    /// Does the same work whether there is such a certificate or not, so that the time tells nothing.
    func signIn(number: String, passphrase: String) async throws -> Int64?
    /// The newest version.
    func certificate(_ key: Int64) async throws -> HeldDocument
    func shares(of key: Int64) async throws -> [HolderShare]
    /// - Returns: the code, shown only now. Nil when there are too many that are good.
    func share(_ key: Int64, days: Int, showsScores: Bool) async throws -> (share: HolderShare, code: String)?
    /// False when there is none to cancel.
    func cancelShare(_ id: String, of key: Int64) async throws -> Bool
    /// Nil for a code that is wrong, expired or cancelled.
    func open(code: String) async throws -> OpenedShare?
}

package struct HeldDocument: Sendable {
    package let qrText: String
    package let number: String
    package let scores: HolderScores

    package init(qrText: String, number: String, scores: HolderScores) {
        (self.qrText, self.number, self.scores) = (qrText, number, scores)
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

/// A share code as its holder sees it later: without the code.
package struct HolderShare: Encodable, Sendable {
    package let id: String
    package let scores: Bool
    package let createdAt: Int
    package let expiresAt: Int
    package let openings: Int

    package init(id: String, scores: Bool, createdAt: Int, expiresAt: Int, openings: Int) {
        self.id = id
        self.scores = scores
        self.createdAt = createdAt
        self.expiresAt = expiresAt
        self.openings = openings
    }
}

package struct OpenedShare: Sendable {
    package let qrText: String
    /// Nil when the holder does not show them.
    package let scores: HolderScores?
    package let expiresAt: Int

    package init(qrText: String, scores: HolderScores?, expiresAt: Int) {
        (self.qrText, self.scores, self.expiresAt) = (qrText, scores, expiresAt)
    }
}
