import CZlib
import Encodings
import Errors
import Glibc
import Signing
import StatusList
import TestSupport
import Testing

@Suite struct TokenTests {
    private static let uri = "https://verify.example.org/status/1"

    private static func claims() throws -> StatusListClaims {
        var statuses = try StatusArray(bits: 2, count: 1 << 10)
        for (index, status) in [(0, UInt8(1)), (7, 2), (1023, 3)] { try statuses.set(status, at: index) }
        return try StatusListClaims(
            uri: uri, issuedAt: 1_790_000_000, expiresAt: 1_790_600_000, timeToLive: 300, trustSequence: 12,
            statuses: statuses)
    }

    private enum Form: CaseIterable { case jwt, cwt }

    private static func token(_ claims: StatusListClaims, _ form: Form, by key: PrivateKey) throws -> [UInt8] {
        switch form {
        case .jwt: try claims.jwt(signedBy: key)
        case .cwt: try claims.cwt(signedBy: key)
        }
    }

    @Test("Both forms come back under the right key and no other", arguments: SignatureAlgorithm.registered)
    func roundTrip(algorithm: SignatureAlgorithm) throws {
        let (key, other) = (try PrivateKey.generate(algorithm), try PrivateKey.generate(algorithm))
        let claims = try Self.claims()
        for form in Form.allCases {
            let token = try UnverifiedStatusToken(Self.token(claims, form, by: key))
            #expect(token.keyID == key.publicKey.kid.description)
            #expect(try token.checked(under: key.publicKey) == claims)
            #expect(throws: FormatError(.wrongSignature, zh: "", en: "")) { try token.checked(under: other.publicKey) }
        }
    }

    @Test("A set status is read back, its neighbours stay, at every width", arguments: [1, 2, 4, 8])
    func packing(bits: Int) throws {
        var generator = SeededGenerator(seed: UInt64(bits))
        var (list, expected) = (try StatusArray(bits: bits, count: 256), [UInt8](repeating: 0, count: 256))
        for _ in 0..<2000 {
            let index = Int.random(in: 0..<256, using: &generator)
            let value = UInt8.random(in: 0...UInt8((1 << bits) - 1), using: &generator)
            try list.set(value, at: index)
            expected[index] = value
        }
        #expect(try (0..<256).map(list.status) == expected)
        #expect(try StatusArray(bits: bits, deflated: list.deflated()) == list)
        for outside in [-1, 256, .max] {
            #expect(throws: FormatError(.outOfRange, zh: "", en: "")) { try list.status(at: outside) }
            #expect(throws: FormatError(.outOfRange, zh: "", en: "")) { try list.set(0, at: outside) }
        }
    }

    @Test("No changed, cut or longer token is believed")
    func mutants() throws {
        let key = try PrivateKey.generate(.es256)
        for form in Form.allCases {
            let good = try Self.token(Self.claims(), form, by: key)
            func isBelieved(_ bytes: [UInt8]) -> Bool {
                (try? UnverifiedStatusToken(bytes).checked(under: key.publicKey)) != nil
            }
            // The control.
            #expect(isBelieved(good))
            for bit in 0..<(good.count * 8) {
                var bytes = good
                bytes[bit / 8] ^= 1 << UInt8(bit % 8)
                #expect(!isBelieved(bytes), "bit \(bit)")
            }
            for count in 0..<good.count { #expect(!isBelieved(Array(good.prefix(count)))) }
            #expect(!isBelieved(good + [0x41]))
        }
    }

    @Test("A bomb is refused before it has gone off")
    func bomb() throws {
        let zeros = [UInt8](repeating: 0, count: 256 << 20)
        var count = compressBound(uLong(zeros.count))
        var deflated = [UInt8](repeating: 0, count: Int(count))
        #expect(compress2(&deflated, &count, zeros, uLong(zeros.count), 9) == Z_OK)
        let bomb = Array(deflated.prefix(Int(count)))
        // Beside a control in the same run: it takes a small part of the work of inflating all of it.
        let (refused, whole) = (0..<3).map { _ in
            (
                processorTime {
                    #expect(throws: FormatError(.tooLarge, zh: "", en: "")) { try StatusArray(bits: 2, deflated: bomb) }
                },
                processorTime {
                    var (inflated, count) = (zeros, uLong(zeros.count))
                    #expect(uncompress(&inflated, &count, bomb, uLong(bomb.count)) == Z_OK)
                }
            )
        }.reduce((Double.infinity, Double.infinity)) { (min($0.0, $1.0), min($0.1, $1.1)) }
        #expect(refused < whole / 4, "\(refused / whole)")
    }

    /// Seconds of this thread, whatever else the machine does.
    private func processorTime(of work: () -> Void) -> Double {
        func now() -> Double {
            var time = timespec()
            clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time)
            return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
        }
        let start = now()
        work()
        return now() - start
    }

    @Test("Streams that end early, go on, or are none, are refused")
    func streams() throws {
        let good = try StatusArray(bits: 2, count: 4096).deflated()
        for bad in [
            [], [0x78], Array(good.dropLast()), good + [0], [0x1F, 0x8B] + good, [UInt8](repeating: 7, count: 40),
        ] {
            #expect(throws: FormatError.self) { try StatusArray(bits: 2, deflated: bad) }
        }
        for bits in [0, 3, 5, 16, -1] {
            #expect(throws: FormatError.self) { try StatusArray(bits: bits, bytes: []) }
        }
    }
}
