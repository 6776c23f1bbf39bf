import Acts
import Signing
import Testing

@Suite struct ReviewSampleTests {
    /// By the hypergeometric distribution's own formula.
    private static func missChance(_ size: Int, of count: Int, wrong: Int) -> Double {
        (0..<size).reduce(1.0) { $0 * Double(max(0, count - wrong - $1)) / Double(count - $1) }
    }

    @Test("A sample finds a share of one in twenty with the certainty that it is shown with, and no smaller one does")
    func sizes() {
        for count in [1, 2, 10, 19, 20, 21, 100, 300, 2_176, 20_000, 1_000_000] {
            let size = ReviewSample.size(of: count)
            let wrong = (count * 5 + 99) / 100
            #expect(Self.missChance(size, of: count, wrong: wrong) <= 0.05)
            #expect(Self.missChance(size - 1, of: count, wrong: wrong) > 0.05)
        }
        #expect(ReviewSample.size(of: 0) == 0)
        #expect(ReviewSample.size(of: 1_000_000) == 59)
    }

    @Test("A seed draws the same rows again, another seed others, and each row is as likely as the next")
    func draws() throws {
        let rows = Array(10..<210)
        let seed = [UInt8](repeating: 7, count: ReviewSample.seedByteCount)
        let drawn = try ReviewSample.draw(59, of: rows, seed: seed)
        #expect(drawn == (try ReviewSample.draw(59, of: rows.reversed(), seed: seed)))
        #expect(Set(drawn).count == 59 && Set(drawn).isSubset(of: rows) && drawn == drawn.sorted())
        #expect(drawn != (try ReviewSample.draw(59, of: rows, seed: seed.map { $0 ^ 1 })))
        var counts = [Int](repeating: 0, count: 10)
        for round in 0..<2_000 {
            let seed = try SHA256.digest(Array("\(round)".utf8))
            for row in try ReviewSample.draw(2, of: Array(0..<10), seed: seed) { counts[row] += 1 }
        }
        // 400 each; six standard deviations are 107.
        #expect(counts.allSatisfy { (293...507).contains($0) })
        #expect(try ReviewSample.draw(5, of: [3, 1], seed: seed) == [1, 3])
    }
}
