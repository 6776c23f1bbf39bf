/// What to do about an error, as a value: a command line words it as a command, a page as a link.
package enum Remedy: Hashable, Sendable {
    /// Makes an installation's folder.
    case createHome
    case publishTrust
    /// Makes a key for an institution and publishes it.
    case createKey(institution: String)
    /// Makes a key that signs status lists, or receipts, and publishes it.
    case createStatusKey, createReceiptKey
    /// Goes on with the replacement of such a key.
    case replaceStatusKey, replaceReceiptKey
    /// Certifies an institution's key, so that PDF readers know who signed.
    case certifyKey(institution: String)
    case publishStatus
    /// Packs what an offline check needs.
    case makeBundle
    /// Checks QR texts one by one, with the reason of each.
    case checkText
    case importRegistry
    case verifyRecord
    /// Puts a whole backup in place.
    case restoreBackup
    case acceptBackup
    /// Has a statement of what would be done signed, and brings the signature.
    case signApproval
    case addApprover
    case approveDocuments
    case listKeys
    case listAPIKeys
    case createAPIKey
    case listBatches
    case listCampaigns
}
