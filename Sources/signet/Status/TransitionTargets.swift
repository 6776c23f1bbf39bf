import Bulk
import Credential
import Errors
import Installation
import Issuance
import Signing
import StatusList
import Store

/// Finds the certificates that a person means.
struct TransitionTargets {
    private let options: TransitionOptions
    private static let pageSize = 2000

    init(_ options: TransitionOptions) { self.options = options }

    func plan(_ transition: StatusTransition, in store: any Store) async throws -> StatusPlan {
        if options.hasQuery { return try await plan(transition, query(), in: store) }
        if let seals = options.seals { return try await plan(transition, seals: seals, in: store) }
        let numbers = try options.list.map(NumberList.read) ?? options.numbers
        return try await store.read { store in
            var plan = StatusPlan(transition)
            var seen: Set<CertificateNumber> = []
            let numbers = try numbers.map(CertificateNumber.init(argument:)).filter { seen.insert($0).inserted }
            // The newest; what is older was superseded.
            let versions = try store.newestVersions(numbered: numbers)
            try plan.add(numbers.compactMap { versions[$0] }, in: store)
            let missing = numbers.filter { versions[$0] == nil }
            if let first = missing.first {
                throw Refusal(
                    .refused,
                    "no certificate has the number \(first)\(missing.count > 1 ? " (nor \(missing.count - 1) others)" : ""); "
                        + "nothing was changed")
            }
            return plan
        }
    }

    private func plan(_ transition: StatusTransition, _ query: CertificateQuery, in store: any Store) async throws
        -> StatusPlan
    {
        let (conditions, home) = (options.conditions, try options.home.open())
        return try await store.read { store in
            var filter = try conditions.filter(home)
            var (plan, last) = (StatusPlan(transition), CertificateKey?.none)
            while true {
                let page = try store.newestVersions(query, after: last, limit: Self.pageSize)
                guard let end = page.last else { return plan }
                try plan.add(page.filter { try filter?.includes($0, in: store) ?? true }, in: store)
                last = end.key.certificate
            }
        }
    }

    /// Of certificates that only their holders have.
    private func plan(
        _ transition: StatusTransition, seals path: String, in store: any Store
    ) async throws -> StatusPlan {
        let home = try options.home.open()
        let claims = try SealList.claims(in: path, trust: home.requiredTrustList())
        return try await store.read { store in
            var plan = StatusPlan(transition)
            for lost in try UnrecordedCertificate.all(claims, host: home.config.host, in: store) { plan.add(lost) }
            return plan
        }
    }

    private func query() throws -> CertificateQuery {
        func day(_ text: String?, _ option: String) throws -> Int? {
            guard let text else { return nil }
            guard let day = CalendarDate(iso8601: text) else {
                throw Refusal(.usage, "\(option) \(text) is not a day such as 2026-07-10")
            }
            return day.daysSinceEpoch
        }
        let first = try day(options.awardedFrom, "--awarded-from")
        let last = try day(options.awardedTo, "--awarded-to")
        guard first ?? .min <= last ?? .max else {
            throw Refusal(.usage, "--awarded-from lies after --awarded-to")
        }
        let keyID = try options.key.map { text in
            guard let kid = KeyID(hex: text) else {
                throw Refusal(.usage, "--key \(text) is not a kid of 16 hexadecimal digits")
            }
            return kid.bytes
        }
        return CertificateQuery(
            institution: options.institution, batch: options.batch.map(BatchID.init),
            occupationCode: options.occupation, level: options.level,
            awardDays: first == nil && last == nil ? nil : (first ?? -1_000_000)...(last ?? 10_000_000), keyID: keyID)
    }
}
