import Errors
import Signing

extension VerifiedTrustList {
    /// A key of the authority's machines, which signs one kind of thing: status lists, or receipts. It is named apart
    /// from the root, so that these are made by a machine that never sees the root key.
    package struct ServiceKeyRecord: Sendable {
        package let key: PublicKey
        private let entry: TrustList.Key

        fileprivate init(_ entry: TrustList.Key) throws(TrustError) {
            key = try entry.checkedKey()
            self.entry = entry
        }

        /// Whether what was made at that instant may be believed under it.
        package func isInForce(at instant: Int) -> Bool {
            guard instant >= entry.from, entry.to.map({ instant < $0 }) ?? true else { return false }
            return entry.state != .compromised || instant < entry.compromisedSince ?? .min
        }

        /// Whether new things are to be signed with it.
        package func isActive(at instant: Int) -> Bool { entry.state == .active && isInForce(at: instant) }
    }

    /// The keys of one service; none may be an institution's or another service's.
    static func serviceKeys(
        _ entries: [TrustList.Key]?, apartFrom taken: inout Set<String>
    ) throws(TrustError) -> [String: ServiceKeyRecord] {
        var records: [String: ServiceKeyRecord] = [:]
        for entry in entries ?? [] {
            let record = try ServiceKeyRecord(entry)
            guard taken.insert(entry.kid).inserted else {
                throw TrustError(
                    .inconsistent, zh: "信任列表把密钥 \(entry.kid) 列了两次", en: "the trust list gives key \(entry.kid) twice")
            }
            records[entry.kid] = record
        }
        return records
    }

    /// - Parameter kid: in hexadecimal.
    package func statusKey(_ kid: String) -> ServiceKeyRecord? { statusKeys[kid] }

    /// - Parameter kid: in hexadecimal.
    package func receiptKey(_ kid: String) -> ServiceKeyRecord? { receiptKeys[kid] }

    package func hasActiveStatusKey(at instant: Int) -> Bool {
        statusKeys.values.contains { $0.isActive(at: instant) }
    }
}
