import Audit
import AuditLog
import Credential
import Errors
import HomeFolder
import Seal
import Signing
import Store
import Trust

/// Publishes that a key is in other hands since some time.
package struct CompromiseKey: Sendable {
    package let change: KeyChange
    package let institution: InstitutionID
    /// Seals recorded before, which stand.
    package let standing: Int
    /// Recorded since, which are not valid any more.
    package let others: Int

    /// - Parameter since: in seconds since 1970; what was published earlier stays.
    package init(_ kid: KeyID, since: Int, in office: Office, at now: Int) async throws {
        guard let record = try office.home.published(kid) else {
            throw Refusal(
                .refused, zh: "密钥 \(kid) 从未公布，删除其文件即可",
                en: "key \(kid) was never published; delete its file")
        }
        let start = min(since, record.compromisedSince ?? .max)
        guard start <= now else {
            throw Refusal(.usage, zh: "--since 晚于现在", en: "--since lies in the future")
        }
        let (recorded, others) = try await Self.recorded(by: record.key, before: start, in: office.store)
        let reference = try recorded.reference
        (standing, self.others, institution) = (recorded.count, others, record.institution)
        change = KeyChange(kind: .keyCompromised, kid: kid, moment: start, recorded: recorded) {
            $0.state = .compromised
            $0.compromisedSince = start
            $0.recorded = reference
        }
    }

    /// Seals whose time lies before, and how many do not.
    private static func recorded(
        by key: PublicKey, before start: Int, in store: any Store
    ) async throws -> (seals: RecordedSeals, others: Int) {
        var (entries, others, place): ([[UInt8]], Int, VersionKey?) = ([], 0, nil)
        while true {
            let after = place
            let page = try await store.read { try $0.sealedVersions(of: nil, after: after, limit: 2000) }
            guard let last = page.last else { return (RecordedSeals(entries: entries), others) }
            for version in page where version.keyID == key.kid.bytes {
                guard try CertificateClaims(decoding: version.payload[...]).issuedAt < start else {
                    others += 1
                    continue
                }
                let seal = PreparedSeal(storedPayload: version.payload, key: key)
                entries.append(try RecordedSeals.entry(of: seal.bytesToSign))
            }
            place = last.key
        }
    }

    /// Afterwards, as whoever has the key is stopped first: a record that is long or broken does not hold that up. But
    /// it proves what stands only if nobody added to it.
    package static func verifyRecord(in office: Office) async throws {
        do {
            _ = try await office.home.trail(of: office.store.forAudits).verify()
        } catch let problem as AuditProblem {
            throw Refusal(
                .damaged,
                zh: "密钥已公布为泄露，但审计记录不成立：\(problem.words.zh)。仍然有效的证书中可能有被塞入数据库的。"
                    + "请放入一份完好的数据库，然后重新运行该命令",
                en:
                    "the key is published as compromised, but the record does not hold: \(problem.words.en). Among the seals "
                    + "that stand may be some that were put into the database. Put a whole database in place and run this "
                    + "command again",
                remedy: .restoreBackup)
        }
    }
}
