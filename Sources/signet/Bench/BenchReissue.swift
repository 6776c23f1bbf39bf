import ArgumentParser

struct BenchReissue: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reissue", abstract: "Issue many certificates, then reissue them all: the two rates side by side.")

    @Option(help: "Rows of the sample sheet.") var rows = 17_000

    func run() async throws {
        let workshop = try await BenchWorkshop(rows: rows)
        defer { workshop.remove() }
        let start = ContinuousClock.now
        let batch = try await workshop.issue()
        let between = ContinuousClock.now
        let campaign = try await workshop.reissue()
        let seconds = ((between - start).seconds, (ContinuousClock.now - between).seconds)
        let issued = try await workshop.sealedCount(of: batch)
        let reissued = try await workshop.sealedCount(of: campaign)
        guard issued == reissued else {
            throw CommandFailure(.defect, "\(issued) were issued and \(reissued) reissued")
        }
        let rates = (Double(issued) / seconds.0, Double(reissued) / seconds.1)
        print(
            """
            issued      \(issued.grouped) in \(seconds.0.twoDecimals) s, from the sheet: \(Int(rates.0).grouped)/s
            reissued    \(reissued.grouped) in \(seconds.1.twoDecimals) s, from the query: \(Int(rates.1).grouped)/s
            ratio       \((rates.1 / rates.0).twoDecimals)
            """)
    }
}
