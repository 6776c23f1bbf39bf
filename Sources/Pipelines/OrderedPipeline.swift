/// Transforms a sequence on all cores and consumes the outcomes in the sequence's order, with a
/// bounded number of elements under way.
package enum OrderedPipeline {
    private static let width = 4

    package static func run<Input: Sendable, Output: Sendable>(
        next: () throws -> Input?,
        transform: @escaping @Sendable (Input) async throws -> Output,
        consume: (Output) async throws -> Void
    ) async throws {
        try await withThrowingTaskGroup(of: (Int, Output).self) { group in
            var started = 0
            var consumed = 0
            var isExhausted = false
            var waiting: [Int: Output] = [:]
            while true {
                while !isExhausted, started - consumed < width {
                    guard let input = try next() else {
                        isExhausted = true
                        break
                    }
                    let position = started
                    group.addTask { (position, try await transform(input)) }
                    started += 1
                }
                guard consumed < started else { return }
                if let output = waiting.removeValue(forKey: consumed) {
                    consumed += 1
                    try await consume(output)
                } else if let (position, output) = try await group.next() {
                    waiting[position] = output
                }
            }
        }
    }
}
