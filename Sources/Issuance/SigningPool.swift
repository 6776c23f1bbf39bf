import Seal
import Signing
import Store

/// The keys an issue may sign with, found by the id that was durably recorded with each version.
package struct SigningKeys: Sendable {
    private let keys: [[UInt8]: PrivateKey]

    package init(_ keys: [PrivateKey]) {
        self.keys = Dictionary(keys.map { ($0.publicKey.kid.bytes, $0) }) { first, _ in first }
    }

    func key(_ id: [UInt8]) throws(IssuanceError) -> PrivateKey {
        guard let key = keys[id] else {
            let name = KeyID(bytes: id)?.description ?? "?"
            throw IssuanceError(
                .keyMissing, "certificates wait for a signature by key \(name), which is not loaded; put its file back")
        }
        return key
    }
}

/// Permission to sign, spent once: made only where the versions have just become durable, or were
/// read back as durable and unsigned.
struct SigningPermit: ~Copyable {
    let versions: [UnsignedVersion]

    /// - Parameter versions: durable in the store, and without a signature there.
    init(durable versions: [UnsignedVersion]) { self.versions = versions }
}

enum SigningPool {
    /// Small enough that no core waits long for the other at the end of a chunk.
    private static let sliceCount = 250

    /// Step 5. Signs on all cores, beside what the caller does next; the order of the outcome is not
    /// that of the versions.
    static func start(
        _ permit: consuming SigningPermit, with keys: SigningKeys
    ) -> Task<[VersionSignature], any Error> {
        let versions = permit.versions
        return Task {
            try await withThrowingTaskGroup(of: [VersionSignature].self) { group in
                for start in stride(from: 0, to: versions.count, by: sliceCount) {
                    let slice = versions[start..<min(start + sliceCount, versions.count)]
                    group.addTask { try sign(slice, with: keys) }
                }
                var signatures: [VersionSignature] = []
                signatures.reserveCapacity(versions.count)
                for try await slice in group { signatures += slice }
                return signatures
            }
        }
    }

    private static func sign(
        _ versions: ArraySlice<UnsignedVersion>, with keys: SigningKeys
    ) throws -> [VersionSignature] {
        var signers: [[UInt8]: (key: PrivateKey, signer: Signer)] = [:]
        return try versions.map { version in
            let entry: (key: PrivateKey, signer: Signer)
            if let known = signers[version.keyID] {
                entry = known
            } else {
                let key = try keys.key(version.keyID)
                entry = (key, try Signer(key))
                signers[version.keyID] = entry
            }
            let seal = PreparedSeal(storedPayload: version.payload, key: entry.key.publicKey)
            return VersionSignature(key: version.key, signature: try entry.signer.sign(seal.bytesToSign))
        }
    }
}
