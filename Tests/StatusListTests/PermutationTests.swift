import Signing
import StatusList
import Testing

@Suite struct PermutationTests {
    private static let key = [UInt8](0..<32)

    @Test("Each index of a list comes exactly once", arguments: [4, 16, 1 << 10, 1 << 18])
    func isPermutation(size: Int) throws {
        let permutation = try StatusPermutation(size: size, key: Self.key)
        var seen = [Bool](repeating: false, count: size)
        for counter in 0..<size { seen[permutation.index(counter)] = true }
        #expect(seen.allSatisfy { $0 })
    }

    @Test("Neighbours in issuing are no neighbours in the list, and another key gives another order")
    func looksRandom() throws {
        let size = 1 << 20
        let one = try StatusPermutation(size: size, key: Self.key)
        let other = try StatusPermutation(size: size, key: Self.key.reversed())
        let indexes = (0..<10_000).map(one.index)
        // Of uniformly drawn pairs, 1 in 2^16 lies within 8 of each other; none of 10,000 is expected to.
        let close = zip(indexes, indexes.dropFirst()).count { abs($0 - $1) <= 8 }
        #expect(close <= 4)
        #expect((0..<10_000).count { one.index($0) == other.index($0) } <= 2)
        // Each sixteenth of the list gets its share: 625 ± 5 standard deviations.
        for part in 0..<16 { #expect((505...745).contains(indexes.count { $0 >> 16 == part })) }
    }

    @Test("The order never changes between versions of this software")
    func isStable() throws {
        let permutation = try StatusPermutation(size: 1 << 20, key: Self.key)
        #expect((0..<5).map(permutation.index) == [629_086, 48_833, 893_036, 331_595, 957_592])
    }

    @Test("Sizes that are no power of 4 and keys of another length are refused")
    func refusals() {
        for size in [0, 1, 2, 8, 1000, 1 << 26] {
            #expect(throws: SigningError.self) { try StatusPermutation(size: size, key: Self.key) }
        }
        #expect(throws: SigningError.self) { try StatusPermutation(size: 16, key: [1, 2, 3]) }
    }
}
