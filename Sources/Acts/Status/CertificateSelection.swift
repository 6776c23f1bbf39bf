import Credential
import Errors
import HomeFolder
import Issuance
import Seal
import StatusList
import Store

/// Which certificates somebody means.
package enum CertificateSelection: Sendable {
    /// By their numbers; of each its newest version.
    case numbers([CertificateNumber])
    /// Those that a query finds and, where one is made, a filter includes.
    case query(CertificateQuery, filter: @Sendable () throws -> CertificateFilter?)
    /// Of seals that stand by the trust list, whose certificates only their holders have.
    case seals([CertificateClaims])

    private static let pageSize = 2000

    /// What a transition would do to them.
    package func plan(_ transition: StatusTransition, in office: Office) async throws -> StatusPlan {
        switch self {
        case .numbers(let numbers):
            return try await office.store.read { store in
                var plan = StatusPlan(transition)
                try plan.add(Self.newest(numbers, in: store), in: store)
                return plan
            }
        case .query(let query, let filter): return try await plan(transition, query, filter, in: office.store)
        case .seals(let claims):
            let host = office.home.config.host
            return try await office.store.read { store in
                var plan = StatusPlan(transition)
                for lost in try UnrecordedCertificate.all(claims, host: host, in: store) { plan.add(lost) }
                return plan
            }
        }
    }

    /// What a campaign would replace.
    package func plan(_ change: CertificateChange, in store: any Store) async throws -> ReissuePlan {
        switch self {
        case .numbers(let numbers):
            return try await store.read { store in
                var plan = ReissuePlan(change)
                try plan.add(Self.newest(numbers, in: store), in: store)
                return plan
            }
        case .query(let query, let filter):
            return try await ReissuePlan.gathered(change, query, in: store.forIssuing, filter: filter)
        case .seals:
            throw Refusal(
                .usage, zh: "库中没有的证书不能换发", en: "certificates that are not in the store cannot be reissued")
        }
    }

    /// Of each the newest version, as what is older was superseded.
    private static func newest(_ numbers: [CertificateNumber], in store: any StoreReading) throws -> [SealedVersion] {
        var seen: Set<CertificateNumber> = []
        let numbers = numbers.filter { seen.insert($0).inserted }
        let versions = try store.newestVersions(numbered: numbers)
        let missing = numbers.filter { versions[$0] == nil }
        if let first = missing.first {
            let others = missing.count - 1
            throw Refusal(
                .refused,
                zh: "没有编号为 \(first) 的证书\(others > 0 ? "（另有 \(others) 个编号也没有）" : "")，未作任何更改。",
                en:
                    "no certificate has the number \(first)\(others > 0 ? " (nor \(others) others)" : ""); nothing was changed"
            )
        }
        return numbers.compactMap { versions[$0] }
    }

    private func plan(
        _ transition: StatusTransition, _ query: CertificateQuery,
        _ filter: @escaping @Sendable () throws -> CertificateFilter?, in store: any Store
    ) async throws -> StatusPlan {
        try await store.read { store in
            var filter = try filter()
            var (plan, last) = (StatusPlan(transition), CertificateKey?.none)
            while true {
                let page = try store.newestVersions(query, after: last, limit: Self.pageSize)
                guard let end = page.last else { return plan }
                try plan.add(page.filter { try filter?.includes($0, in: store) ?? true }, in: store)
                last = end.key.certificate
            }
        }
    }
}
