import Credential
import Seal
import Signing
import Store
import Verification

/// What a store holds of one batch, and whether it is what it must be.
struct Inventory {
    /// Sealed certificates by sheet row.
    let sealed: [Int: SealedVersion]
    let problems: [String]

    /// - Parameter rows: how many rows must have a certificate.
    init(_ store: any Store, _ workshop: Workshop, rows: Int) async throws {
        let versions = try await store.read { try $0.sealedVersions(of: nil, after: nil, limit: 1_000_000) }
        let unsigned = try await store.read { reading in
            try reading.batches().map { try reading.unsignedVersions(of: $0.id, limit: 1_000_000).count }
        }
        var problems: [String] = []
        let status = try await workshop.publishedStatus(store)
        let verifier = SealVerifier(
            trust: .list(try workshop.trust()), status: status, now: Workshop.now, isTrustCurrent: true)
        for version in versions {
            let prepared = PreparedSeal(storedPayload: version.payload, key: workshop.key.publicKey)
            let seal = try UnverifiedSeal(decoding: prepared.seal(signature: version.signature))
            let verdict = try verifier.verify(seal)
            if verdict.outcome != .valid { problems.append("row \(version.sheetRow) is \(verdict.outcome)") }
            if verdict.certificate?.number != version.number { problems.append("row \(version.sheetRow): number") }
        }
        if versions.count != rows { problems.append("\(versions.count) certificates for \(rows) rows") }
        if Set(versions.map(\.sheetRow)).count != versions.count { problems.append("a row has two certificates") }
        if Set(versions.map(\.number)).count != versions.count { problems.append("a number was used twice") }
        if unsigned.contains(where: { $0 > 0 }) { problems.append("versions are left unsigned") }
        sealed = Dictionary(versions.map { ($0.sheetRow, $0) }) { first, _ in first }
        self.problems = problems
    }

    /// Whether everything that `earlier` had is here and the same, to the byte.
    func keeps(_ earlier: Inventory) -> Bool {
        earlier.sealed.allSatisfy { row, version in sealed[row] == version }
    }
}
