import Bulk
import Files
import HomeFolder
import Keyring
import Signing
import Trust
import Verification

/// Gives receipts with the home's key. Made before anything is checked, so that a missing key is known first.
struct ReceiptDesk {
    static let tool = "signet/\(Signet.version)"

    let path: String
    private let key: PrivateKey
    private let trust: VerifiedTrustList

    init(_ path: String, home: Home, passphrase: Passphrase) throws {
        self.path = path
        trust = try home.requiredTrustList()
        key = try ServiceKey.receipt.load(home.keyring, trust: trust, passphrase: passphrase)
    }

    func write(
        input: VerificationReceipt.File, result: String, counts: VerdictCounts, evidence: Evidence, time: Int
    ) throws {
        let receipt = try VerificationReceipt(
            of: input, result: VerificationReceipt.File(path: result), counts: counts, trust: trust.list,
            status: evidence.status, time: time, tool: Self.tool)
        try DurableFile.replace(Array((receipt.signed(by: key) + "\n").utf8), at: path)
    }
}
