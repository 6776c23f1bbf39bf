import AuditLog
import Dispatch
import Seal
import Signing
import Store
import Synchronization
import Trust

/// Signatures as they are kept: each must be right under the key that its version names.
struct AuditedSeals {
    private static let pageSize = 4000
    private static let sliceSize = 250
    private let keys: [[UInt8]: PublicKey]

    /// - Parameter trustList: a list that the log has, with every key there ever was.
    init(recorded trustList: String) throws {
        keys = Dictionary(
            uniqueKeysWithValues: try TrustList.institutionKeys(recorded: trustList).map { ($0.kid.bytes, $0) })
    }

    func check(against store: any StoreReading) throws {
        var page: [(version: UnsignedVersion, signature: [UInt8])] = []
        try store.forEachSeal {
            page.append(($0, $1))
            guard page.count == Self.pageSize else { return }
            try check(page)
            page = []
        }
        try check(page)
    }

    /// On all cores, as this is most of the work of a verification.
    private func check(_ page: [(version: UnsignedVersion, signature: [UInt8])]) throws {
        let failure = Mutex<(any Error)?>(nil)
        DispatchQueue.concurrentPerform(iterations: (page.count + Self.sliceSize - 1) / Self.sliceSize) { slice in
            let start = slice * Self.sliceSize
            do {
                try check(page[start..<min(start + Self.sliceSize, page.count)])
            } catch { failure.withLock { $0 = error } }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    private func check(_ slice: ArraySlice<(version: UnsignedVersion, signature: [UInt8])>) throws {
        var verifiers: [[UInt8]: Verifier] = [:]
        for (version, signature) in slice {
            guard let key = keys[version.keyID] else {
                throw AuditProblem(contradictedZh: "一份证书的密钥", en: "the key of a certificate")
            }
            let verifier = try verifiers[version.keyID] ?? Verifier(key)
            verifiers[version.keyID] = verifier
            guard
                try verifier.isValid(
                    signature, for: PreparedSeal(storedPayload: version.payload, key: key).bytesToSign)
            else { throw AuditProblem(contradictedZh: "一份证书的签名", en: "the signature of a certificate") }
        }
    }
}
