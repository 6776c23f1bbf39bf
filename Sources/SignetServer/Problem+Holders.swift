import HTTPTypes

/// Problems of holders and of those to whom they gave a share code.
extension Problem {
    static let noInvitation = Problem(
        status: .notFound, type: "no-invitation",
        detail: "this link is used, replaced or expired; ask the school for a new one")

    /// One answer for a number that nobody has and for a wrong passphrase.
    static let wrongPassphrase = Problem(
        status: .unauthorized, type: "wrong-passphrase",
        detail: "no holder has this number and passphrase; a new link of the school replaces a lost passphrase")

    static let noSession = Problem(
        status: .unauthorized, type: "no-session",
        detail: "sign in with the number and passphrase; this lasts 15 minutes",
        headers: [.wwwAuthenticate: "Bearer"])

    /// One answer for a code that is wrong, expired or cancelled.
    static let noShare = Problem(
        status: .notFound, type: "no-share",
        detail: "this share code is wrong, expired or cancelled; ask the holder for a new one")

    static let tooManyShares = Problem(
        status: .conflict, type: "too-many-shares", detail: "there are 50 share codes that are good; cancel one first")

    static func passphrasesBusy(after seconds: Int) -> Problem {
        Problem(
            status: .serviceUnavailable, type: "busy", detail: "many are signing in; try again in a moment",
            retryAfter: seconds)
    }

    static let noDocuments = Problem(
        status: .notFound, type: "no-documents", detail: "this server makes no PDFs; ask the school for it")
}
