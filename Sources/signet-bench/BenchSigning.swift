import ArgumentParser
import Errors
import Signing

struct BenchSigning: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "signing", abstract: "Sign and verify through the signing module, beside raw OpenSSL.")

    @Option(help: "Slices of each kind; the median of their ratios is shown.") var slices = 9

    func validate() throws {
        guard (1...1000).contains(slices) else { throw ValidationError("--slices must be between 1 and 1000") }
    }

    func run() async throws {
        print("algorithm  operation  threads      raw/s     ours/s  ratio")
        for algorithm in SignatureAlgorithm.registered {
            let key = try PrivateKey.generate(algorithm)
            for threads in [1, 2] {
                for isSigning in [true, false] {
                    let line = try await SigningComparison(key: key, isSigning: isSigning, threads: threads)
                        .run(slices: slices)
                    print(
                        algorithm.name.padded(9), " ", (isSigning ? "sign" : "verify").padded(9), " ",
                        "\(threads)".padded(7), " ", "\(Int(line.raw))".leftPadded(9), " ",
                        "\(Int(line.ours))".leftPadded(9), "  ", line.ratio.twoDecimals, separator: "")
                }
            }
        }
    }
}

/// One kind of operation, ours and raw in turns.
struct SigningComparison {
    let key: PrivateKey
    let isSigning: Bool
    let threads: Int

    struct Line {
        let raw: Double
        let ours: Double
        let ratio: Double
    }

    /// About as long as a certificate's bytes.
    private static let message = [UInt8](repeating: 0x5A, count: 260)
    private static let sliceSeconds = 0.15

    func run(slices: Int) async throws -> Line {
        let count = try await countForOneSlice()
        var raws: [Double] = []
        var ours: [Double] = []
        for slice in 0..<slices {
            // Neither always goes first.
            if slice.isMultiple(of: 2) {
                raws.append(try await rawRate(count))
                ours.append(try await ourRate(count))
            } else {
                ours.append(try await ourRate(count))
                raws.append(try await rawRate(count))
            }
        }
        let ratios = zip(ours, raws).map { $0 / $1 }
        return Line(
            raw: Stopwatch.median(raws), ours: Stopwatch.median(ours), ratio: Stopwatch.median(ratios))
    }

    private func countForOneSlice() async throws -> Int {
        let rate = try await rawRate(100) / Double(threads)
        return max(100, Int(rate * Self.sliceSeconds))
    }

    /// Operations a second by OpenSSL alone, on all threads together.
    func rawRate(_ count: Int) async throws -> Double {
        let (key, isSigning) = (key, isSigning)
        return try await Stopwatch.rate(threads: threads, count: count) {
            try RawLoop(key, message: Self.message)
        } _: { loop in
            try isSigning ? loop.sign(count) : loop.verify(count)
        }
    }

    /// The same, and the processor seconds of one operation: what other work on the machine does not change.
    func rawCost(_ count: Int) async throws -> (rate: Double, processorSeconds: Double) {
        let start = Stopwatch.processorSeconds
        let rate = try await rawRate(count)
        return (rate, (Stopwatch.processorSeconds - start) / Double(count * threads))
    }

    private func ourRate(_ count: Int) async throws -> Double {
        let (key, isSigning) = (key, isSigning)
        return try await Stopwatch.rate(threads: threads, count: count) {
            let signer = try Signer(key)
            return (signer, try Verifier(key.publicKey), try signer.sign(Self.message))
        } _: { signer, verifier, signature in
            if isSigning {
                for _ in 0..<count { _ = try signer.sign(Self.message) }
            } else {
                for _ in 0..<count where try !verifier.isValid(signature, for: Self.message) {
                    throw Refusal(.defect, zh: "测量时一个正确的签名被拒绝", en: "a right signature was refused while measuring")
                }
            }
        }
    }
}

extension String {
    func padded(_ width: Int) -> String { self + String(repeating: " ", count: Swift.max(0, width - count)) }
    func leftPadded(_ width: Int) -> String { String(repeating: " ", count: Swift.max(0, width - count)) + self }
}
