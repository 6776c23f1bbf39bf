import Errors
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
                .keyMissing, zh: "有证书等待用密钥 \(name) 签名，但该密钥没有载入；请放回其文件",
                en: "certificates wait for a signature by key \(name), which is not loaded; put its file back")
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

    /// Step 5. Signs on all cores, beside what the caller does next. In the versions' order, so that a store only ever
    /// appends.
    static func start(
        _ permit: consuming SigningPermit, with keys: SigningKeys
    ) -> Task<[VersionSignature], any Error> {
        let versions = permit.versions
        return Task {
            try await withThrowingTaskGroup(of: (start: Int, signatures: [VersionSignature]).self) { group in
                for start in stride(from: 0, to: versions.count, by: sliceCount) {
                    let slice = versions[start..<min(start + sliceCount, versions.count)]
                    group.addTask { (start, try sign(slice, with: keys)) }
                }
                var slices: [(start: Int, signatures: [VersionSignature])] = []
                for try await slice in group { slices.append(slice) }
                return slices.sorted { $0.start < $1.start }.flatMap(\.signatures)
            }
        }
    }

    private static func sign(
        _ versions: ArraySlice<UnsignedVersion>, with keys: SigningKeys
    ) throws -> [VersionSignature] {
        // Nearly all of a batch are for the same key.
        var current: (id: [UInt8], header: [UInt8], signer: Signer)?
        return try versions.map { version in
            if current?.id != version.keyID {
                let key = try keys.key(version.keyID)
                current = (version.keyID, PreparedSeal.header(for: key.publicKey), try Signer(key))
            }
            guard let current else { preconditionFailure("set above") }
            let seal = PreparedSeal(storedPayload: version.payload, protectedHeader: current.header)
            return VersionSignature(key: version.key, signature: try current.signer.sign(seal.bytesToSign))
        }
    }
}
