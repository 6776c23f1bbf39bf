/// Who acts: a name for the record, by which front, and what they may do there.
package struct Actor: Hashable, Sendable {
    package enum Front: String, Sendable {
        case commandLine = "command-line"
        case server
        /// Whoever signed exactly what is done: the signature was checked.
        case signature
    }

    package let name: String
    package let front: Front
    package let permissions: Set<Permission>

    package init(_ name: String, by front: Front, may permissions: Set<Permission>) {
        (self.name, self.front, self.permissions) = (name, front, permissions)
    }

    /// Whoever holds a certificate, whose name is not written down.
    package static let holder = Actor("holder", by: .server, may: [.ownCertificate])
    /// What a server does by itself.
    package static let server = Actor("server", by: .server, may: [.print])
}

/// What somebody may do. The raw values are for people.
package enum Permission: String, Sendable, CaseIterable {
    /// Results before they are approved.
    case review
    case settle, issue, reissue, correct
    case submitSheets = "submit-sheets"
    case changeStatus = "change-status"
    case publishStatus = "publish-status"
    case importRegistry = "import-registry"
    case changeKeys = "change-keys"
    case publishTrust = "publish-trust"
    case print
    case takeFiles = "take-files"
    case approveDocuments = "approve-documents"
    case inviteHolders = "invite-holders"
    case changeAPIKeys = "change-api-keys"
    case changeAccounts = "change-accounts"
    case backUp = "back-up"
    case acceptBackup = "accept-backup"
    case initialise
    /// A holder's own certificate, and nobody else's.
    case ownCertificate = "own-certificate"
    /// The passkeys of somebody's account in the portal, and nobody else's.
    case ownAccount = "own-account"
    /// By a signature of the own key.
    case approve
    case changeApprovers = "change-approvers"
}
