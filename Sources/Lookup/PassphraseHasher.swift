import Signing

/// One passphrase after the other, on a thread of its own: bounded memory, a queue with an end, and requests never wait
/// for it.
package final class PassphraseHasher: Sendable {
    /// Waiting or being digested; the last places are kept for devices from which holders came in before.
    private static let (most, mostOfStrangers) = (50, 40)

    private let line = WaitingLine("passphrases", most: most, retrySeconds: 10, busy: .passphrases)
    private let digest: @Sendable (String, [UInt8]) throws -> [UInt8]

    package init(digest: @escaping @Sendable (String, [UInt8]) throws -> [UInt8] = { try Scrypt.digest($0, salt: $1) })
    {
        self.digest = digest
    }

    /// - Throws: ``ServerBusy`` when too many wait already.
    package func digest(_ passphrase: String, salt: [UInt8], isKnownDevice: Bool = false) async throws -> [UInt8] {
        try await line.run(most: isKnownDevice ? Self.most : Self.mostOfStrangers) { [digest] in
            try digest(passphrase, salt)
        }
    }
}
