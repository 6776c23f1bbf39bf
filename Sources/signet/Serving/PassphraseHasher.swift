import Dispatch
import Signing

/// One passphrase after the other, on a thread of its own: bounded memory, and requests never wait for it.
struct PassphraseHasher: Sendable {
    private let queue = DispatchQueue(label: "passphrases")

    func digest(_ passphrase: String, salt: [UInt8]) async throws -> [UInt8] {
        try await withCheckedThrowingContinuation { continuation in
            queue.async { continuation.resume(with: Result { try Scrypt.digest(passphrase, salt: salt) }) }
        }
    }
}
