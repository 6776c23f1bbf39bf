import Seal
import Signing
import Synchronization

/// Remembers which signatures were right, so that a certificate asked about again costs no second check: a right
/// signature stays right, whatever becomes of its key or of the certificate, which are looked at each time.
///
/// Wrong ones are not kept, so that nobody can crowd out the right ones. May be shared between threads.
package final class CheckedSignatures: Sendable {
    /// The older half goes when the younger one is full.
    private struct Halves {
        var younger: Set<[UInt8]> = []
        var older: Set<[UInt8]> = []
    }

    private let halfCount: Int
    private let halves = Mutex(Halves())

    /// - Parameter capacity: how many are kept at most; each takes about 100 bytes.
    package init(capacity: Int = 1 << 18) { halfCount = capacity / 2 }

    package var count: Int { halves.withLock { $0.younger.count + $0.older.count } }

    /// Whether the seal's signature is right under the key whose `kid` it names.
    package func isValid(_ seal: UnverifiedSeal, _ check: () throws(SigningError) -> Bool) throws(SigningError) -> Bool
    {
        // The key belongs to it: its `kid` is the digest of the key, and stands in the signed bytes.
        let digest = Array(try SHA256.digest(seal.signature + seal.signedBytes).prefix(16))
        if halves.withLock({ $0.younger.contains(digest) || $0.older.contains(digest) }) { return true }
        guard try check() else { return false }
        halves.withLock { halves in
            if halves.younger.count >= halfCount {
                halves.older = halves.younger
                halves.younger = []
            }
            halves.younger.insert(digest)
        }
        return true
    }
}
