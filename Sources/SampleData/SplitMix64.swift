/// The generator of all sample data: the same seed gives the same files on every machine.
///
/// Deliberately no `RandomNumberGenerator`: what the standard library draws from one (`shuffled`,
/// `random(in:)`) may change from one Swift to the next.
struct SplitMix64: Sendable {
    private var state: UInt64

    init(seed: UInt64) { state = seed }

    /// An independent stream of the same seed, so that one part's draws never shift another's.
    init(seed: UInt64, stream: UInt64) {
        self.init(seed: seed)
        let mixed = next()
        self.init(seed: mixed ^ (stream &* 0xD6E8_FEB8_6659_FD93))
        _ = next()
    }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }

    /// 0..<bound. The bias of multiply-shift, below 2^-40 here, does not matter to a sample.
    mutating func next(below bound: Int) -> Int {
        Int(next().multipliedFullWidth(by: UInt64(bound)).high)
    }

    mutating func next(in range: ClosedRange<Int>) -> Int {
        range.lowerBound + next(below: range.count)
    }

    /// True `perMille` times in a thousand.
    mutating func chance(perMille: Int) -> Bool { next(below: 1000) < perMille }

    mutating func pick<Element>(_ elements: [Element]) -> Element { elements[next(below: elements.count)] }

    /// Bell-shaped around a mean, never further from it than 2 × `spread`; the standard deviation
    /// is spread / √3.
    mutating func bell(mean: Int, spread: Int) -> Int {
        (0..<4).reduce(mean - 2 * spread) { sum, _ in sum + next(in: 0...spread) }
    }

    mutating func shuffled<Element>(_ elements: [Element]) -> [Element] {
        var result = elements
        for i in stride(from: result.count - 1, to: 0, by: -1) { result.swapAt(i, next(below: i + 1)) }
        return result
    }
}
