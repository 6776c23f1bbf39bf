import Glibc
import Signing
import Trust

/// The key that signs verification receipts and nothing else: `keys/receipt.key`.
enum ReceiptKey {
    /// Nil for a home that gives no receipts.
    static func publicKey(of home: Home) throws -> PublicKey? {
        guard access(home.receiptPublicKeyPath, F_OK) == 0 else { return nil }
        return try PublicKey.load(home.receiptPublicKeyPath)
    }

    /// Ready to sign: a receipt under a key that verifiers do not know would be worthless.
    static func load(_ home: Home, trust: VerifiedTrustList, passphrase: String) throws -> PrivateKey {
        guard access(home.receiptKeyPath, F_OK) == 0 else {
            throw CommandFailure(
                .configuration,
                "\(home.receiptKeyPath) is missing; make one: signet keys create --receipts, then signet trust publish")
        }
        let key = try KeyFile.load(home.receiptKeyPath, passphrase: passphrase)
        guard let record = trust.receiptKey(key.publicKey.kid.description), record.isActive(at: Clock.now()) else {
            throw CommandFailure(
                .configuration,
                "the receipt key \(key.publicKey.kid) is not active by the published trust list; run: signet trust publish"
            )
        }
        return key
    }
}
