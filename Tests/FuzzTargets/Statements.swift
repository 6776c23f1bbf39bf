import Approvals
import Signing
import Store
import TestSupport

/// Statements that officers sign, and the files that carry their signatures.
enum Statements {
    static func seeds(inFiles: Bool) throws -> [[UInt8]] {
        let key = try PrivateKey.generate(.ed25519)
        let statement = try Statement(
            root: key.publicKey.kid, act: .issue, subjectDigest: [UInt8](repeating: 1, count: 32),
            lines: ["批准 / Approve: 2", "所批 / Of: submission 12"],
            // 16 bytes, as an account's id has.
            account: AccountID(bytes: [UInt8](repeating: 2, count: 16))!, credential: key.publicKey.kid.bytes,
            sequence: 7, hash: [UInt8](repeating: 3, count: 32), time: 1_783_000_000,
            random: [UInt8](repeating: 4, count: 16))
        return [inFiles ? try EvidenceFile(signing: statement.bytes, with: key).encoded() : statement.bytes]
    }
}
