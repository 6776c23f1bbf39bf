import Credential
import Errors
import Signing

/// A trust list whose signature has been checked under the pinned root, ready for look-ups.
package struct VerifiedTrustList: Sendable {
    package let list: TrustList
    private let institutions: [InstitutionRecord]
    private let keys: [KeyID: KeyRecord]
    let statusKeys: [String: ServiceKeyRecord]
    let receiptKeys: [String: ServiceKeyRecord]
    private var recordedSeals: [KeyID: RecordedSeals] = [:]

    /// What the list says of one key.
    package struct KeyRecord: Sendable {
        package let key: PublicKey
        package let institution: InstitutionID
        package let from: Int
        package let to: Int?
        package let state: TrustList.Key.State
        package let compromisedSince: Int?
        package let recorded: TrustList.Key.Recorded?
        fileprivate let institutionIndex: Int
    }

    private struct InstitutionRecord: Sendable {
        var filings: [FilingKey: [DayRange]] = [:]
    }

    private struct FilingKey: Hashable, Sendable {
        let occupation: String
        let level: Int
    }

    private struct DayRange: Sendable {
        let first: CalendarDate
        let last: CalendarDate?

        init(_ first: String, _ last: String?) throws(TrustError) {
            let lastDay = last.flatMap { CalendarDate(iso8601: $0) }
            guard let firstDay = CalendarDate(iso8601: first), (last == nil) == (lastDay == nil) else {
                throw TrustError(
                    .malformed, zh: "信任列表中有一个日期不是 YYYY-MM-DD", en: "the trust list has a day that is not YYYY-MM-DD")
            }
            self.first = firstDay
            self.last = lastDay
        }

        func contains(_ day: CalendarDate) -> Bool { first <= day && last.map { day <= $0 } ?? true }
    }

    package init(jws: String, root: PublicKey) throws {
        try self.init(list: TrustList.checked(jws: jws, root: root))
    }

    private init(list: TrustList) throws {
        self.list = list
        var institutions: [InstitutionRecord] = []
        var keys: [KeyID: KeyRecord] = [:]
        guard Set(list.institutions.map(\.id)).count == list.institutions.count else {
            throw TrustError(.inconsistent, zh: "信任列表把一个机构列了两次", en: "the trust list names an institution twice")
        }
        for institution in list.institutions {
            var record = InstitutionRecord()
            for filing in institution.filings {
                let days = try DayRange(filing.from, filing.to)
                for level in filing.levels {
                    record.filings[FilingKey(occupation: filing.occupation, level: level), default: []].append(days)
                }
            }
            for name in institution.names { _ = try DayRange(name.from, name.to) }
            for entry in institution.keys {
                let key = try KeyRecord(entry, institution: institution.id, index: institutions.count)
                guard keys.updateValue(key, forKey: key.key.kid) == nil else {
                    throw TrustError(
                        .inconsistent, zh: "信任列表把密钥 \(entry.kid) 列了两次",
                        en: "the trust list gives key \(entry.kid) twice")
                }
            }
            institutions.append(record)
        }
        self.institutions = institutions
        self.keys = keys
        var taken = Set(keys.keys.map(\.description))
        statusKeys = try Self.serviceKeys(list.statusKeys, apartFrom: &taken)
        receiptKeys = try Self.serviceKeys(list.receiptKeys, apartFrom: &taken)
    }

    package func key(_ kid: KeyID) -> KeyRecord? { keys[kid] }

    /// Keys of which a file of recorded seals is needed to check anything they signed.
    package var keysWithRecordedSeals: [KeyID] {
        keys.values.filter { $0.state == .compromised && $0.recorded != nil }.map(\.key.kid)
            .sorted { $0.value < $1.value }
    }

    /// Nil while the file is not at hand.
    package func recordedSeals(of kid: KeyID) -> RecordedSeals? { recordedSeals[kid] }

    /// Takes up a file of recorded seals if it is the one that the list names; false otherwise.
    package mutating func add(recordedSeals bytes: [UInt8], of kid: KeyID) -> Bool {
        let seals = RecordedSeals(bytes: bytes)
        guard bytes.count.isMultiple(of: RecordedSeals.entryByteCount), let recorded = keys[kid]?.recorded,
            (try? seals.reference) == recorded
        else { return false }
        recordedSeals[kid] = seals
        return true
    }

    /// Whether the key's institution had a filing for this occupation and level on that day.
    package func isFiled(_ key: KeyRecord, occupationCode: String, level: SkillLevel, on day: CalendarDate) -> Bool {
        let filing = FilingKey(occupation: occupationCode, level: level.rawValue)
        return institutions[key.institutionIndex].filings[filing]?.contains { $0.contains(day) } ?? false
    }
}

extension VerifiedTrustList.KeyRecord {
    fileprivate init(_ entry: TrustList.Key, institution: String, index: Int) throws {
        key = try entry.checkedKey()
        self.institution = InstitutionID(institution)
        from = entry.from
        to = entry.to
        state = entry.state
        compromisedSince = entry.compromisedSince
        recorded = entry.recorded
        institutionIndex = index
    }
}

extension TrustList.Key {
    /// The key itself, when all that the entry says of it agrees.
    func checkedKey() throws(TrustError) -> PublicKey {
        let key: PublicKey
        do {
            key = try PublicKey(jwk: jwk)
        } catch {
            throw TrustError(
                .malformed, zh: "信任列表的密钥 \(kid) 无法读取：\(error.words.zh)",
                en: "key \(kid) of the trust list cannot be read: \(error.words.en)")
        }
        guard key.kid.description == kid, key.algorithm.name == alg else {
            throw TrustError(
                .inconsistent, zh: "信任列表的密钥 \(kid) 与其 kid 或 alg 不符",
                en: "key \(kid) of the trust list is not what its kid or alg says")
        }
        guard state != .compromised || compromisedSince != nil else {
            throw TrustError(
                .inconsistent, zh: "密钥 \(kid) 已泄露，但没有说明从何时起", en: "key \(kid) is compromised without saying since when")
        }
        return key
    }
}
