import ArgumentParser
import Bulk
import Credential
import Errors
import Results
import Signing
import Verification

struct BenchIssue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "issue", abstract: "From a CSV to signed, durable certificates, beside the raw two-core sign rate."
    )

    @Option(help: "Rows of the sample sheet.") var rows = 200_000

    func run() async throws {
        let workshop = try await BenchWorkshop(rows: rows)
        defer { workshop.remove() }
        let raw = SigningComparison(key: workshop.key, isSigning: true, threads: 2)
        let ((start, planned, end, issued), cost) = try await RawCost.around(raw, 30_000) {
            let start = Moment()
            var (planned, end) = (start, start)
            let batch = try await workshop.issue(onPlanned: { planned = Moment() }, onIssued: { end = Moment() })
            return (start, planned, end, try await workshop.sealedCount(of: batch))
        }
        let (seconds, processor) = (end.seconds(since: start), end.processorSeconds(since: start))
        let rate = Double(issued) / seconds
        print(
            """
            rows                \(rows)
            certificates        \(issued) in \(seconds.twoDecimals) s: reading and judging \
            \(planned.seconds(since: start).twoDecimals) s, the rest \(end.seconds(since: planned).twoDecimals) s
            processor time      \(processor.twoDecimals) s on 2 cores
            issued/s            \(Int(rate))
            raw ES256 sign/s    \(cost.text)
            ratio               \((rate / cost.rate).twoDecimals)
            of processor time   \((Double(issued) * cost.processorSeconds / processor).twoDecimals) (raw signatures ÷ all)
            peak memory         \(Memory.peakMebibytes) MiB
            """)
    }
}

struct BenchVerify: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "A file of many seals, beside the raw two-core verify rate.")

    @Option(help: "Rows of the sample sheet of which the seals are made.") var rows = 110_000

    func run() async throws {
        let workshop = try await BenchWorkshop(rows: rows)
        defer { workshop.remove() }
        let path = workshop.sheetPath + ".issued.csv"
        _ = try await workshop.issue()
        try await workshop.writeQRTexts(to: path)
        let status = try await workshop.publishStatus()
        let engine = BulkVerification(
            trust: .list(workshop.trust), status: status, now: Clock.now(), isTrustCurrent: false,
            workers: BenchWorkshop.workers)
        let list = SealList(engine: engine)
        let layout = try ListLayout(head: BulkInput.head(of: path))
        let raw = SigningComparison(key: workshop.key, isSigning: false, threads: 2)
        let ((start, end, counts), cost) = try await RawCost.around(raw, 15_000) {
            let start = Moment()
            let counts = try await list.verify(path, layout: layout, onTotals: { _ in }, write: { _ in })
            return (start, Moment(), counts)
        }
        let (seconds, processor) = (end.seconds(since: start), end.processorSeconds(since: start))
        guard counts.valid == counts.total else {
            throw Refusal(
                .defect, zh: "有 \(counts.total - counts.valid) 份正确的证书没有被判为有效",
                en: "\(counts.total - counts.valid) right seals were not found valid")
        }
        let rate = Double(counts.total) / seconds
        print(
            """
            seals                 \(counts.total) in \(seconds.twoDecimals) s
            processor time        \(processor.twoDecimals) s on 2 cores
            verified/s            \(Int(rate)), verdicts as JSON
            raw ES256 verify/s    \(cost.text)
            ratio                 \((rate / cost.rate).twoDecimals)
            of processor time     \((Double(counts.total) * cost.processorSeconds / processor).twoDecimals) (raw verifications ÷ all)
            peak memory           \(Memory.peakMebibytes) MiB
            """)
    }
}
