import Spreadsheets
import TestSupport
import Testing

@Suite struct ByteSearchTests {
    @Test("bytes are found where comparing at each place finds them")
    func everyPlace() {
        var random = SeededGenerator(seed: 5)
        for _ in 0..<2000 {
            let all = (0..<Int.random(in: 0...12, using: &random)).map { _ in UInt8.random(in: 0...1, using: &random) }
            let wanted = (0..<Int.random(in: 1...4, using: &random)).map { _ in UInt8.random(in: 0...1, using: &random)
            }
            let start = Int.random(in: 0...14, using: &random)
            let place = all.indices.first { $0 >= start && all[$0...].starts(with: wanted) }
            #expect(all.offset(of: wanted, from: start) == place, "\(wanted) in \(all) from \(start)")
        }
    }
}
