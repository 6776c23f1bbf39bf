import Dispatch
import SignetServer
import Signing
import Synchronization

/// One passphrase after the other, on a thread of its own: bounded memory, a queue with an end, and requests never wait
/// for it.
final class PassphraseHasher: Sendable {
    /// Waiting or being digested; the last places are kept for devices from which holders came in before.
    private static let (most, mostOfStrangers) = (50, 40)
    private static let retrySeconds = 10

    private let queue = DispatchQueue(label: "passphrases")
    private let waiting = Mutex(0)
    private let digest: @Sendable (String, [UInt8]) throws -> [UInt8]

    init(digest: @escaping @Sendable (String, [UInt8]) throws -> [UInt8] = { try Scrypt.digest($0, salt: $1) }) {
        self.digest = digest
    }

    /// - Throws: ``ServerBusy`` when too many wait already.
    func digest(_ passphrase: String, salt: [UInt8], isKnownDevice: Bool = false) async throws -> [UInt8] {
        let isAdmitted = waiting.withLock { waiting in
            guard waiting < (isKnownDevice ? Self.most : Self.mostOfStrangers) else { return false }
            waiting += 1
            return true
        }
        guard isAdmitted else { throw ServerBusy(seconds: Self.retrySeconds) }
        defer { waiting.withLock { $0 -= 1 } }
        return try await withCheckedThrowingContinuation { continuation in
            queue.async { [digest] in continuation.resume(with: Result { try digest(passphrase, salt) }) }
        }
    }
}
