import Bulk
import Errors
import Files
import Glibc
import HomeFolder
import Installation
import Lookup
import SignetServer
import Signing
import Store
import Verification

/// Checks a table, an archive or a photo on the command line.
struct BulkCheck {
    let evidence: Evidence
    let now: Int
    /// Nil where only the file is wanted.
    let shown: VerdictOutput?
    /// A home's register, when there is one.
    let lookup: BulkVerification.Lookup
    /// The file to write the rows to.
    let output: String?
    /// Signs and writes a receipt for input and output.
    let receipt: ReceiptDesk?

    func verify(_ input: BulkInput) async throws -> VerdictCounts {
        let engine = BulkVerification(
            trust: evidence.trust, status: evidence.status, now: now, isTrustCurrent: false, lookup: lookup,
            workers: ForeignFiles.pool)
        // Of the bytes before they are read, so that a file changed meanwhile is not vouched for.
        let digest = try receipt.map { _ in try VerificationReceipt.File(path: input.path) }
        let source = try input.open(.own)
        VerdictText.tellTotals(source.totalsRows)
        let written = try output.map { try PendingResult($0, header: source.header, of: input) }
        var progress = ProgressBar("checking")
        let total = source.total
        var done = 0
        let counts = try await engine.run(source) { rows in
            for (row, answer) in rows { try written?.file.append(row, answer) }
            shown?.show(rows, of: input.kind)
            done += rows.count
            if output != nil { progress.update(done, of: total) }
        }
        progress.clear()
        try written?.finish()
        if let receipt, let output, let digest {
            guard try VerificationReceipt.File(path: input.path) == digest else {
                throw Refusal(
                    .refused, zh: "\(input.name) 在核验过程中被改动；请重新核验",
                    en: "\(input.name) was changed while it was checked; check it again")
            }
            try receipt.write(input: digest, result: output, counts: counts, evidence: evidence, time: now)
        }
        return counts
    }
}

/// A result that gets its name only when it is whole.
final class PendingResult {
    let file: ResultFile
    private let temporary: TemporaryFile

    /// - Parameter path: its ending, .csv or .xlsx, says in which format; by default that of the input.
    init(_ path: String, header: [String], of input: BulkInput) throws {
        temporary = try TemporaryFile(beside: path, mode: 0o600)
        let ending = path.split(separator: ".").last.map { $0.lowercased() }
        file = try ResultFile(
            path: temporary.openPath, format: ending.flatMap(ResultFile.Format.init) ?? ResultFile.Format(of: input),
            header: header)
    }

    func finish() throws {
        try file.finish()
        try temporary.replace()
    }
}

extension BulkVerification.Lookup {
    /// The home's register, unless evidence was named that another made.
    static func ofHome(_ source: TrustOptions, _ status: StatusOptions) throws -> Self {
        guard source.usesHome, source.root == nil, status.bundle == nil,
            access(source.home.path + "/config.json", F_OK) == 0
        else { return .unavailable }
        let home = try source.home.open()
        let register = try NumberLookup(home.openStore().forLookups, keys: home.publicKeys(), dataKeys: home.dataKeys())
        return .register { question in
            let match = try await register.certificate(numbered: question.number, isOf: question.holder)
            return match.map { .seal($0.seal) } ?? .noMatch
        }
    }
}
