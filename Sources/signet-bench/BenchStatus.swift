import ArgumentParser
import Credential
import Errors
import Issuance
import Signing
import StatusList
import Store
import StoreSQLite
import Verification

struct BenchStatus: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "status", abstract: "Revoke many certificates by their numbers, and publish the list.")

    @Option(help: "Rows of the sample sheet.") var rows = 20_000
    @Option(help: "How many certificates are revoked.") var revoked = 10_000

    func run() async throws {
        let workshop = try await BenchWorkshop(rows: rows)
        defer { workshop.remove() }
        _ = try await workshop.issue()
        let store = workshop.store
        let all = try await store.read { [revoked] store in
            try store.sealedVersions(of: nil, after: nil, limit: revoked).map(\.number)
        }
        let start = ContinuousClock.now
        try await store.write { transaction in
            var plan = StatusPlan(.revoke)
            let versions = try transaction.newestVersions(numbered: all)
            try plan.add(all.compactMap { versions[$0] }, in: transaction)
            let act = StatusAct(
                transition: .revoke, reason: .issuedInError, note: "measuring", actor: "bench", time: Clock.now())
            try plan.carryOut(act, in: transaction)
        }
        let changed = ContinuousClock.now
        let status = try await workshop.publishStatus()
        let published = ContinuousClock.now
        let entry = status.issuedAt.keys.first.flatMap { status.entry(for: $0) }
        guard case .list(let list)? = entry else {
            throw Refusal(.defect, zh: "列表没有公布", en: "the list was not published")
        }
        print(
            """
            revoked by number   \(all.count) in \((changed - start).seconds.twoDecimals) s
            list published      \(list.statuses.count) places in \((published - changed).seconds.twoDecimals) s, \
            as JWT and CWT, read back and checked
            """)
    }
}
