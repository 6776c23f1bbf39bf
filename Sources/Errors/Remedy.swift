/// What to do about an error, as a value: a command line words it as a command, a page as a link.
package enum Remedy: Hashable, Sendable {
    case publishTrust
    /// Makes a key for an institution and publishes it.
    case createKey(institution: String)
    /// Makes a key that signs status lists, or receipts, and publishes it.
    case createStatusKey, createReceiptKey
    /// Goes on with the replacement of such a key.
    case replaceStatusKey, replaceReceiptKey
    case publishStatus
    case importRegistry
    case verifyRecord
    /// Puts a whole backup in place.
    case restoreBackup
    case acceptBackup
    case approveDocuments
    case listKeys
    case listAPIKeys
    case createAPIKey
    case listBatches
    case listCampaigns
    case reissue
}
