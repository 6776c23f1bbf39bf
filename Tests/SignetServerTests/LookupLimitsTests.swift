import Credential
import HTTPSupport
import Logging
import Testing

@testable import SignetServer

/// Questions that find nothing are few, unless somebody guesses.
@Suite struct LookupLimitsTests {
    private func number(_ index: Int) -> CertificateNumber {
        CertificateNumber("Y000\(100_000_000_000_000_000 + index)")
    }

    private func client(_ index: Int) throws -> Client {
        .address(try #require(IPAddress("198.51.\(index / 250).\(index % 250)")))
    }

    @Test("one client's guesses at many numbers end, and so do one key's")
    func ends() throws {
        let limits = LookupLimits(ofKey: 100, logger: Logger(label: "test"))
        let guesser = try client(1)
        var admitted = 0
        for index in 0..<1000 where limits.delay(for: number(index), client: guesser) == nil {
            admitted += 1
            _ = limits.countNoMatch(client: guesser)
        }
        #expect((60...62).contains(admitted))
        var rows = 0
        for index in 1000..<3000 where limits.delay(for: number(index), key: "key 1") == nil {
            rows += 1
            limits.countNoMatch(key: "key 1")
        }
        #expect((100...102).contains(rows))
        // Control: questions that find something are not counted.
        let honest = try client(2)
        #expect((3000..<5000).allSatisfy { limits.delay(for: number($0), client: honest) == nil })
        #expect((5000..<9000).allSatisfy { limits.delay(for: number($0), key: "key 2") == nil })
    }

    @Test("guesses of very many clients together are noticed")
    func alarm() throws {
        let limits = LookupLimits(ofAll: 500, logger: Logger(label: "test"))
        let noticed = try (0..<1000).map { limits.countNoMatch(client: try client($0)) }
        #expect(noticed.prefix(500).allSatisfy { !$0 } && noticed.suffix(400).contains(true))
    }

    @Test("a number is asked about ten times and then twice a minute, by whatever way")
    func numbers() throws {
        let limits = LookupLimits(logger: Logger(label: "test"))
        var answers: [Bool] = []
        for index in 0..<12 {
            let delay =
                index.isMultiple(of: 2)
                ? limits.delay(for: number(1), client: try client(index))
                : limits.delay(for: number(1), key: "key \(index)")
            answers.append(delay == nil)
        }
        #expect(answers == [Bool](repeating: true, count: 10) + [false, false])
    }
}
