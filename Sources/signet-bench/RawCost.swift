/// What raw operations on two threads took before and after a task that is compared with them.
struct RawCost {
    private let comparison: SigningComparison
    private let before: (rate: Double, processorSeconds: Double)
    private let after: (rate: Double, processorSeconds: Double)

    /// - Parameter count: of raw operations on each thread.
    static func around<Result>(
        _ comparison: SigningComparison, _ count: Int, _ task: () async throws -> Result
    ) async throws -> (Result, RawCost) {
        let before = try await comparison.rawCost(count)
        let result = try await task()
        return (result, RawCost(comparison: comparison, before: before, after: try await comparison.rawCost(count)))
    }

    /// A second, on both threads together.
    var rate: Double { (before.rate + after.rate) / 2 }
    /// Of one operation.
    var processorSeconds: Double { (before.processorSeconds + after.processorSeconds) / 2 }

    var text: String {
        "\(Int(rate)) on \(comparison.threads) threads (\(Int(before.rate)) before, \(Int(after.rate)) after)"
    }
}
