import Signing

extension VerifiedTrustList {
    /// A key that signs status lists. It is named apart from the root, so that lists are republished by
    /// a machine that never sees the root key.
    package struct StatusKeyRecord: Sendable {
        package let key: PublicKey
        private let entry: TrustList.Key

        fileprivate init(_ entry: TrustList.Key) throws(TrustError) {
            key = try entry.checkedKey()
            self.entry = entry
        }

        /// Whether a list made at that instant may be believed under it.
        package func isInForce(at instant: Int) -> Bool {
            guard instant >= entry.from, entry.to.map({ instant < $0 }) ?? true else { return false }
            return entry.state != .compromised || instant < entry.compromisedSince ?? .min
        }

        /// Whether new lists are to be signed with it.
        package func isActive(at instant: Int) -> Bool { entry.state == .active && isInForce(at: instant) }
    }

    static func statusKeys(
        _ entries: [TrustList.Key], apartFrom keys: [KeyID: KeyRecord]
    ) throws(TrustError) -> [String: StatusKeyRecord] {
        var records: [String: StatusKeyRecord] = [:]
        for entry in entries {
            let record = try StatusKeyRecord(entry)
            guard keys[record.key.kid] == nil, records.updateValue(record, forKey: entry.kid) == nil else {
                throw TrustError(.inconsistent, "the trust list gives key \(entry.kid) twice")
            }
        }
        return records
    }

    /// - Parameter kid: in hexadecimal.
    package func statusKey(_ kid: String) -> StatusKeyRecord? { statusKeys[kid] }

    package func hasActiveStatusKey(at instant: Int) -> Bool {
        statusKeys.values.contains { $0.isActive(at: instant) }
    }
}
