import Glibc
import Issuance
import Seal
import Signing
import Trust
import Verification

/// Checks a file of many seals on all cores, in order, in bounded memory.
struct SealList {
    let trust: TrustSource
    let status: StatusSource
    let now: Int
    /// Nil for lines of JSON.
    let table: VerdictTable?

    private struct Part: Sendable {
        var output: [UInt8] = []
        var counts = VerdictCounts()
    }

    /// - Parameters:
    ///   - input: a path, or `-` for standard input.
    ///   - head: what was read of it already.
    ///   - write: takes lines in order.
    func verify(_ input: String, head: [UInt8] = [], write: ([UInt8]) -> Void) async throws -> VerdictCounts {
        var source = try LineSource(input, head: head)
        var counts = VerdictCounts()
        let list = self
        try await OrderedPipeline.run(
            next: { try source.nextLines() },
            transform: { try list.check($0) },
            consume: { part in
                counts.add(part.counts)
                write(part.output)
            })
        guard counts.total > 0 else {
            throw CommandFailure(.inputRefused, "\(input) has no QR text; it needs one on each line")
        }
        return counts
    }

    /// What the seals of a file say, each of them signed by an institution of the trust list.
    static func claims(in path: String, trust: VerifiedTrustList) throws -> [CertificateClaims] {
        let verifier = SealVerifier(trust: .list(trust), now: Clock.now(), isTrustCurrent: true)
        let lines = try DurableFile.read(path).split(separator: 0x0A, omittingEmptySubsequences: false)
        let claims = try lines.enumerated().compactMap { index, line -> CertificateClaims? in
            guard let text = line.withUnsafeBytes({ qrText(in: $0, isFirst: index == 0) }) else { return nil }
            let seal = try? UnverifiedSeal(qrText: text)
            let checks = try seal.map { try verifier.verify($0).checks } ?? []
            guard let seal, checks.count(where: { [.signature, .issuer].contains($0.name) && $0.result == .pass }) == 2
            else {
                throw CommandFailure(
                    .inputRefused,
                    "line \(index + 1) of \(path) is no seal that stands by the trust list; see: signet verify --text; "
                        + "nothing was changed")
            }
            return seal.claims
        }
        guard !claims.isEmpty else {
            throw CommandFailure(.inputRefused, "\(path) has no QR text; it needs one on each line")
        }
        return claims
    }

    private func check(_ lines: LineSource.Lines) throws -> Part {
        let verifier = SealVerifier(trust: trust, status: status, now: now, isTrustCurrent: false)
        var part = Part()
        part.output.reserveCapacity(lines.bytes.count)
        try lines.bytes.withUnsafeBytes { bytes in
            var (number, start) = (lines.firstNumber, 0)
            while start < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
                let length = Self.lineLength(rest)
                let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
                if let text = Self.qrText(in: line, isFirst: number == 1) {
                    try append(try verifier.verify(qrText: text), number, to: &part)
                }
                number += 1
                start += length + 1
            }
        }
        return part
    }

    private func append(_ verdict: Verdict, _ number: Int, to part: inout Part) throws {
        part.counts.count(verdict.outcome)
        if let table {
            part.output.append(contentsOf: table.text(VerdictTable.Row(number, verdict)).utf8)
            return
        }
        part.output.append(contentsOf: "{\"line\":\(number),".utf8)
        // The verdict's own opening brace gives way to the one above.
        let start = part.output.count
        verdict.appendJSON(to: &part.output)
        part.output.remove(at: start)
        part.output.append(0x0A)
    }

    /// By the C library, which looks at many bytes at a time.
    private static func lineLength(_ bytes: UnsafeRawBufferPointer) -> Int {
        guard let base = bytes.baseAddress, let end = memchr(base, 0x0A, bytes.count) else { return bytes.count }
        return UnsafeRawPointer(end) - base
    }

    /// The last cell of a line; nil for a blank line and for the header of an issued list.
    private static func qrText(in line: UnsafeRawBufferPointer, isFirst: Bool) -> String? {
        var start = line.count
        while start > 0, line[start - 1] != 0x2C { start -= 1 }
        let cell = UnsafeRawBufferPointer(rebasing: line[start...])
        if cell.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return nil }
        let text = String(decoding: cell, as: UTF8.self)
        return isFirst && text.hasPrefix(IssuedList.qrColumn) ? nil : text
    }
}
