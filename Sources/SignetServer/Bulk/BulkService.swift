import Bulk
import Glibc
import Lookup
import Signing

/// What bulk verifications need beside what every server has.
package struct BulkService: Sendable {
    /// Known keys; nil where there is no store of them.
    let keys: (any APIKeySource)?
    /// Signs receipts; nil for a server that gives none.
    let receiptKey: PrivateKey?
    /// As receipts name it, such as `signet/0.1.0`.
    let tool: String
    var limits = BulkLimits.service
    /// Seconds that one file may take, from when its turn comes.
    package var strangerSeconds = 300.0
    package var keySeconds = 1800.0

    /// Where files are while they are checked, and results until they are fetched.
    package var temporaryFolder = getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"

    package init(keys: (any APIKeySource)?, receiptKey: PrivateKey?, tool: String) {
        self.keys = keys
        self.receiptKey = receiptKey
        self.tool = tool
    }
}
