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
        let before = try await raw.rawCost(30_000)
        let (start, startCPU) = (ContinuousClock.now, Stopwatch.processorSeconds)
        var (planned, end, endCPU) = (start, start, startCPU)
        let batch = try await workshop.issue(
            onPlanned: { planned = .now },
            onIssued: { (end, endCPU) = (.now, Stopwatch.processorSeconds) })
        let issued = try await workshop.sealedCount(of: batch)
        let seconds = (end - start).seconds
        let after = try await raw.rawCost(30_000)
        let rate = Double(issued) / seconds
        let signing = Double(issued) * (before.processorSeconds + after.processorSeconds) / 2
        let rawRate = (before.rate + after.rate) / 2
        print(
            """
            rows                \(rows)
            certificates        \(issued) in \(seconds.twoDecimals) s: reading and judging \
            \((planned - start).seconds.twoDecimals) s, the rest \((end - planned).seconds.twoDecimals) s
            processor time      \((endCPU - startCPU).twoDecimals) s on 2 cores
            issued/s            \(Int(rate))
            raw ES256 sign/s    \(Int(rawRate)) on 2 threads (\(Int(before.rate)) before, \
            \(Int(after.rate)) after)
            ratio               \((rate / rawRate).twoDecimals)
            of processor time   \((signing / (endCPU - startCPU)).twoDecimals) (raw signatures ÷ all)
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
        let before = try await raw.rawCost(15_000)
        let (start, startCPU) = (ContinuousClock.now, Stopwatch.processorSeconds)
        let counts = try await list.verify(path, layout: layout, onTotals: { _ in }, write: { _ in })
        let (seconds, processor) = ((ContinuousClock.now - start).seconds, Stopwatch.processorSeconds - startCPU)
        let after = try await raw.rawCost(15_000)
        guard counts.valid == counts.total else {
            throw Refusal(.defect, "\(counts.total - counts.valid) right seals were not found valid")
        }
        let rate = Double(counts.total) / seconds
        let verifying = Double(counts.total) * (before.processorSeconds + after.processorSeconds) / 2
        let rawRate = (before.rate + after.rate) / 2
        print(
            """
            seals                 \(counts.total) in \(seconds.twoDecimals) s
            processor time        \(processor.twoDecimals) s on 2 cores
            verified/s            \(Int(rate)), verdicts as JSON
            raw ES256 verify/s    \(Int(rawRate)) on 2 threads (\(Int(before.rate)) before, \
            \(Int(after.rate)) after)
            ratio                 \((rate / rawRate).twoDecimals)
            of processor time     \((verifying / processor).twoDecimals) (raw verifications ÷ all)
            peak memory           \(Memory.peakMebibytes) MiB
            """)
    }
}
