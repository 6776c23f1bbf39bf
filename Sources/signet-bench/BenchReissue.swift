import ArgumentParser
import Errors

struct BenchReissue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue", abstract: "Issue many certificates, then reissue them all: the two rates side by side.")

    @Option(help: "Rows of the sample sheet.") var rows = 17_000

    func run() async throws {
        let workshop = try await BenchWorkshop(rows: rows)
        defer { workshop.remove() }
        let raw = SigningComparison(key: workshop.key, isSigning: true, threads: 2)
        let ((start, between, end, batch, campaign), cost) = try await RawCost.around(raw, 30_000) {
            let start = Moment()
            let batch = try await workshop.issue()
            let between = Moment()
            let campaign = try await workshop.reissue()
            return (start, between, Moment(), batch, campaign)
        }
        let seconds = (between.seconds(since: start), end.seconds(since: between))
        let processor = (between.processorSeconds(since: start), end.processorSeconds(since: between))
        let issued = try await workshop.sealedCount(of: batch)
        let reissued = try await workshop.sealedCount(of: campaign)
        guard issued == reissued else {
            throw Refusal(
                .defect, zh: "签发了 \(issued) 份，补换了 \(reissued) 份", en: "\(issued) were issued and \(reissued) reissued")
        }
        let rates = (Double(issued) / seconds.0, Double(reissued) / seconds.1)
        let signing = Double(issued) * cost.processorSeconds
        print(
            """
            issued      \(issued) in \(seconds.0.twoDecimals) s, from the sheet: \(Int(rates.0))/s
            reissued    \(reissued) in \(seconds.1.twoDecimals) s, from the query: \(Int(rates.1))/s
            ratio       \((rates.1 / rates.0).twoDecimals)
            of processor time  \((processor.0 / processor.1).twoDecimals) (issuing ÷ reissuing); raw signatures ÷ all: \
            issuing \((signing / processor.0).twoDecimals), reissuing \((signing / processor.1).twoDecimals)
            """)
    }
}
