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
        var younger: Set<Mark> = []
        var older: Set<Mark> = []
    }

    /// The first half of a digest of signature and signed bytes.
    private struct Mark: Hashable {
        let words: SIMD2<UInt64>

        init(_ seal: UnverifiedSeal) throws(SigningError) {
            let hasher = try SHA256Hasher()
            try hasher.update(seal.signature)
            try hasher.update(seal.signedBytes)
            words = try hasher.withDigest { $0.loadUnaligned(as: SIMD2<UInt64>.self) }
        }
    }

    private let halfCount: Int
    private let halves = Mutex(Halves())

    package static let usualCapacity = 1 << 19

    /// - Parameter capacity: how many are kept at most; each takes about 40 bytes.
    package init(capacity: Int = usualCapacity) { halfCount = capacity / 2 }

    package var count: Int { halves.withLock { $0.younger.count + $0.older.count } }

    /// Whether the seal's signature is right under the key whose `kid` it names.
    package func isValid(_ seal: UnverifiedSeal, _ check: () throws(SigningError) -> Bool) throws(SigningError) -> Bool
    {
        // The key belongs to it: its `kid` is the digest of the key, and stands in the signed bytes.
        let mark = try Mark(seal)
        if halves.withLock({ $0.younger.contains(mark) || $0.older.contains(mark) }) { return true }
        guard try check() else { return false }
        halves.withLock { halves in
            if halves.younger.count >= halfCount {
                halves.older = halves.younger
                halves.younger = []
            }
            halves.younger.insert(mark)
        }
        return true
    }
}
