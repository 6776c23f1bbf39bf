/// Whether two kinds of question can be told apart by how long their answers take.
///
/// The Mann–Whitney rank-sum test over interleaved samples: whatever else the machine does falls on both kinds alike,
/// so no absolute time is needed. A sample is suspect beyond 3.29 standard deviations, which chance alone brings in one
/// of a thousand; three suspect samples in a row, one of 10⁹, tell the kinds apart.
enum TimeComparison {
    private static let suspect = 3.29
    private static let sampleCount = 3

    /// - Parameters:
    ///   - rounds: questions of each kind in a sample.
    ///   - ask: asks the question of a kind, 0 or 1, and waits for the answer.
    /// - Returns: whether they are told apart, and the median of what an answer took.
    static func tellsApart(
        rounds: Int, ask: (_ kind: Int) async throws -> Void
    ) async throws -> (isTold: Bool, typical: Duration) {
        var all: [Double] = []
        for _ in 0..<sampleCount {
            var seconds: [[Double]] = [[], []]
            for _ in 0..<rounds {
                for kind in [0, 1].shuffled() {
                    let start = ContinuousClock.now
                    try await ask(kind)
                    seconds[kind].append((ContinuousClock.now - start) / .seconds(1))
                }
            }
            all += seconds[0] + seconds[1]
            let typical = Duration.seconds(all.sorted()[all.count / 2])
            if abs(deviation(seconds[0], seconds[1])) < suspect { return (false, typical) }
        }
        return (true, .seconds(all.sorted()[all.count / 2]))
    }

    /// How many standard deviations the rank sum of the first lies from what equal kinds would have.
    static func deviation(_ first: [Double], _ second: [Double]) -> Double {
        let (m, n) = (Double(first.count), Double(second.count))
        var wins = 0.0
        for a in first { for b in second { wins += a > b ? 1 : a == b ? 0.5 : 0 } }
        return (wins - m * n / 2) / (m * n * (m + n + 1) / 12).squareRoot()
    }
}
