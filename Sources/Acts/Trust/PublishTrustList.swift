import Audit
import AuditLog
import Credential
import Errors
import Files
import FoundationEssentials
import HomeFolder
import Issuance
import Keyring
import Signing
import Store
import Trust

/// Publishes a trust list: the registry of now, and of keys what was published before with one change.
package struct PublishTrustList: Sendable {
    /// For how many days a list is good unless told otherwise: as long as a stolen list can be shown to somebody new.
    package static let usualDays = 14

    private let office: Office
    private let days: Int
    private let reason: String
    private var home: Home { office.home }

    package init(in office: Office, days: Int = usualDays, reason: String) {
        (self.office, self.days, self.reason) = (office, days, reason)
    }

    /// - Parameters:
    ///   - change: of a key's time, beside what the registry says.
    ///   - passphrase: of the root key.
    package func callAsFunction(
        _ change: KeyChange? = nil, by actor: Actor, passphrase: Passphrase
    ) async throws -> TrustList {
        let root = try KeyFile.load(home.rootKeyPath, passphrase: passphrase)
        let now = Clock.now()
        let last = try await office.store.read { try $0.lastTrustListSequence() }
        let previous = try await previousList()
        // The same second twice would give two lists that differ under one time.
        if let previous, previous.iat > now {
            throw Refusal(
                .configuration, zh: "已公布的列表时间在将来；请检查本机时钟",
                en: "the published list is from the future; check this machine's clock")
        }
        var list = try await currentList(after: previous, now: now)
        // After a restore, lists may have been published that are lost.
        list.sequence = max(list.sequence, try (home.checkpoints.newest()?.marks[Marks.trustList] ?? 0) + 1)
        if let change { try apply(change, to: &list) }
        let jws = try list.signed(by: root)
        // What cannot be read back is not published.
        _ = try VerifiedTrustList(jws: jws, root: home.rootPublicKey())
        try await keep(jws, list, after: last, change, by: actor, now: now)
        return list
    }

    /// The newest that is durable: a crash may have come between the database and the file.
    private func previousList() async throws -> TrustList? {
        let published = try home.trustList()?.list
        guard let jws = try await office.store.read({ try $0.trustList(sequence: nil) }) else { return published }
        let kept = try VerifiedTrustList(jws: jws, root: home.rootPublicKey()).list
        return kept.sequence > published?.sequence ?? 0 ? kept : published
    }

    private func currentList(after previous: TrustList?, now: Int) async throws -> TrustList {
        let registry = try await office.store.read { store in
            try store.institutions().map { ($0, try store.filings(of: $0.id)) }
        }
        let entries = try home.keyring.entries()
        return TrustList(
            iss: home.config.authority, sequence: (previous?.sequence ?? 0) + 1, iat: now,
            nextUpdate: now + days * 86_400,
            institutions: registry.map { institution, filings in
                TrustList.Institution(
                    institution, filings: filings,
                    keys: Self.keys(of: institution.id, in: entries, previous: previous, now: now))
            },
            statusKeys: try keys(of: .status, previous: previous, now: now),
            receiptKeys: try keys(of: .receipt, previous: previous, now: now))
    }

    /// As below; none while there never was any.
    private func keys(of service: ServiceKey, previous: TrustList?, now: Int) throws -> [TrustList.Key]? {
        let published = service.entries(of: previous)
        let added = try service.publicKeys(in: home.keyring).filter { key in
            !(published ?? []).contains { $0.kid == key.kid.description }
        }
        return added.isEmpty ? published : (published ?? []) + added.map { TrustList.Key($0, from: now) }
    }

    /// Keys keep what was published of them; new ones are in force from now on.
    private static func keys(
        of institution: InstitutionID, in entries: [Keyring.Entry], previous: TrustList?, now: Int
    ) -> [TrustList.Key] {
        let published = previous?.institutions.first { $0.id == institution.text }?.keys ?? []
        let known = Set(published.map(\.kid))
        let added = entries.filter { $0.institution == institution && !known.contains($0.publicKey.kid.description) }
        return published + added.map { TrustList.Key($0.publicKey, from: now) }
    }

    private func apply(_ change: KeyChange, to list: inout TrustList) throws {
        for institution in list.institutions.indices {
            for key in list.institutions[institution].keys.indices
            where list.institutions[institution].keys[key].kid == change.kid.description {
                change.apply(&list.institutions[institution].keys[key])
                return
            }
        }
        for keys in [\TrustList.statusKeys, \TrustList.receiptKeys] {
            guard let index = list[keyPath: keys]?.firstIndex(where: { $0.kid == change.kid.description }) else {
                continue
            }
            // Present: the index is one of it.
            change.apply(&list[keyPath: keys]![index])
            return
        }
        throw KeyChange.unknown(change.kid)
    }

    /// Durable in the database first, so that no sequence is ever published twice; then for all to see.
    private func keep(
        _ jws: String, _ list: TrustList, after last: Int, _ change: KeyChange?, by actor: Actor, now: Int
    ) async throws {
        if let change, let recorded = change.recorded {
            let folder = RecordedFolder(besideTrustList: home.trustListPath)
            try Folder.create(folder.path)
            try DurableFile.replace(recorded.bytes, at: folder.file(change.kid))
        }
        var acts: [AuditAct] = []
        if let change {
            acts.append(
                AuditAct(
                    change.kind, actor: actor.name, subject: [.key: .text("\(change.kid)")],
                    digest: try SHA256.digest(change.recorded?.bytes ?? []), reason: reason, time: now))
        }
        acts.append(
            AuditAct(
                .trustPublished, actor: actor.name, subject: [.trustList: .number(list.sequence)],
                digest: try SHA256.digest(jws.utf8), reason: reason, time: now))
        let written = acts
        try await office.authority.carryOut(change == nil ? .publishTrust : .changeKeys, by: actor) {
            try await office.store.write { transaction in
                for act in written { try transaction.append(act) }
                try transaction.saveTrustList(jws, sequence: list.sequence, after: last)
            }
            try DurableFile.replace(Array((jws + "\n").utf8), at: home.trustListPath)
            return ((), now)
        }
    }
}
