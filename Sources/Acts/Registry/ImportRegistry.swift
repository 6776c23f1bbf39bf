import Audit
import AuditLog
import Credential
import Encodings
import Errors
import Signing
import Store

/// Brings tables into the registry, all or nothing: half of one would refuse good results.
package struct ImportRegistry: Act {
    package struct Outcome: Sendable {
        /// Nil when all of it was known.
        package let version: RegistryVersion?
        /// Lines that are new or changed.
        package let changed: Int
    }

    private let tables: [RegistryTable]
    private let reason: String
    private let approved: [UInt8]?

    /// - Parameter approved: the digest of the proposal that somebody approved; nil where the import is its own approval.
    package init(_ tables: [RegistryTable], reason: String, approved: [UInt8]? = nil) {
        (self.tables, self.reason, self.approved) = (tables, reason, approved)
    }

    package var permission: Permission { .importRegistry }
    package var needsSignature: Bool { true }

    /// What would be new or changed by the registry as it is now.
    package func proposal(in store: any StoreReading) throws -> Proposal { try proposal(of: changed(in: store)) }

    package func perform(in transaction: any StoreWriting, by actor: Actor, at time: Int) throws -> Outcome {
        try save(in: transaction)
        let changed = try changed(in: transaction)
        let proposal = try proposal(of: changed)
        try proposal.require(approved)
        guard !changed.isEmpty else { return Outcome(version: nil, changed: 0) }
        let approval = Approval(actor: actor.name, reason: reason, time: time)
        let version = try transaction.save(changed, approval: approval)
        try transaction.append(
            AuditAct(
                .registryImported, approval, subject: [.registry: .number(version.number)], digest: proposal.digest))
        return Outcome(version: version, changed: changed.count)
    }

    private func changed(in store: any StoreReading) throws -> [RegistryEntry] {
        try tables.flatMap { table in
            let known = Set(try store.registryEntries(table.kind.rawValue, version: nil))
            return table.entries.filter { !known.contains($0) }
        }
    }

    private func proposal(of changed: [RegistryEntry]) throws -> Proposal {
        let lines = try changed.map { "\($0.kind)\n\($0.key)\n\(try JSONLine.encode($0.cells))\n" }.sorted()
        let summary = tables.map { table in
            let count = changed.count { $0.kind == table.kind.rawValue }
            return BilingualText(
                zh: "\(table.kind.title)：新增或更改 \(count) 行，共 \(table.rows.count) 行",
                en: "\(table.kind.rawValue): \(count) of \(table.rows.count) lines are new or changed")
        }
        return Proposal(
            .registry, digest: try SHA256.digest(lines.joined().utf8), count: changed.count, summary: summary)
    }

    /// What the store refers to from other tables.
    private func save(in transaction: any AdministrationWriting) throws {
        for table in tables where table.kind == .institutions {
            for row in table.rows {
                let institution = try Institution(row)
                try transaction.save(institution.keepingNames(of: transaction.institution(institution.id)))
            }
        }
        for table in tables where table.kind != .institutions && table.kind != .occupations {
            for row in table.rows where !row.text(.institutionCode).isEmpty {
                let id = InstitutionID(row.text(.institutionCode))
                guard try transaction.institution(id) != nil else {
                    throw row.refused(
                        .institutionCode, zh: "机构 \(id) 没有登记；请先导入",
                        en: "institution \(id) is not registered; import it first")
                }
                if table.kind == .filings { try transaction.save(Filing(row)) }
            }
        }
    }
}
