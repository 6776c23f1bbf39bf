import Bulk
import Credential
import Foundation
import Parsing
import Seal
import Signing
import TestSupport
import Trust
import Verification

/// A trust list with one institution and one receipt key, a way to make seals, and a folder for files.
struct Desk {
    static let now = SampleCertificate.claims.issuedAt + 3600

    private static let workers = ParsingPool(arguments: [Products.signet, ParsingPool.command], seconds: 60)

    let folder: TemporaryDirectory
    let root: PrivateKey
    let key: PrivateKey
    let receiptKey: PrivateKey
    var list: TrustList

    init() throws {
        folder = try TemporaryDirectory()
        root = try PrivateKey.generate(.es256)
        key = try PrivateKey.generate(.es256)
        receiptKey = try PrivateKey.generate(.ed25519)
        list = TrustList(
            iss: "示例中心", sequence: 4, iat: Self.now - 7200, nextUpdate: Self.now + 86_400,
            institutions: [SampleCertificate.institution(keys: [.init(key.publicKey, from: 0)])],
            receiptKeys: [.init(receiptKey.publicKey, from: 0)])
    }

    func trust() throws -> TrustSource {
        try .list(VerifiedTrustList(jws: list.signed(by: root), root: root.publicKey))
    }

    func qrText(_ change: (inout CertificateClaims) -> Void = { _ in }) throws -> String {
        try SampleCertificate.qrText(by: key, change)
    }

    func file(_ name: String, _ bytes: some Sequence<UInt8>) throws -> BulkInput {
        let path = "\(folder.path)/\(name)"
        try Data(bytes).write(to: URL(filePath: path))
        return try BulkInput(path: path, name: name, workers: Self.workers)
    }

    /// Rows with their answers, in the order in which they came.
    func answers(
        _ input: BulkInput, limits: BulkLimits = .service, lookup: BulkVerification.Lookup = .unavailable
    ) async throws -> [(row: BulkRow, answer: RowAnswer)] {
        let engine = BulkVerification(
            trust: try trust(), status: StatusSource(), now: Self.now, isTrustCurrent: true, lookup: lookup,
            workers: Self.workers)
        var all: [(BulkRow, RowAnswer)] = []
        _ = try await engine.run(input.open(limits)) { all += $0 }
        return all
    }
}
