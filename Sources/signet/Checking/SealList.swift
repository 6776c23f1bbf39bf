import Issuance
import Verification

/// Checks a file of many seals on all cores, in order, in bounded memory.
struct SealList {
    let trust: TrustSource
    let now: Int
    let isJSON: Bool
    /// False where only the counts are wanted.
    var writesOutput = true

    private struct Part: Sendable {
        var output: [UInt8] = []
        var counts = VerdictCounts()
    }

    /// - Parameter input: a path, or `-` for standard input.
    func verify(_ input: String) async throws -> VerdictCounts {
        var source = try LineSource(input)
        var counts = VerdictCounts()
        let (list, terminal) = (self, Terminal.standardOutput)
        try await OrderedPipeline.run(
            next: { try source.nextLines() },
            transform: { try list.check($0) },
            consume: { part in
                counts.add(part.counts)
                if list.writesOutput { terminal.write(part.output) }
            })
        guard counts.total > 0 else {
            throw CommandFailure(.inputRefused, "\(input) has no QR text; it needs one on each line")
        }
        return counts
    }

    private func check(_ lines: LineSource.Lines) throws -> Part {
        let verifier = SealVerifier(trust: trust, now: now, isTrustCurrent: false)
        var part = Part()
        part.output.reserveCapacity(lines.bytes.count)
        var number = lines.firstNumber
        for line in lines.bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            defer { number += 1 }
            guard let text = Self.qrText(in: line, isFirst: number == 1) else { continue }
            let verdict = try verifier.verify(qrText: text)
            part.counts.count(verdict.outcome)
            if isJSON {
                part.output.append(contentsOf: "{\"line\":\(number),".utf8)
                // The verdict's own opening brace gives way to the one above.
                let start = part.output.count
                verdict.appendJSON(to: &part.output)
                part.output.remove(at: start)
                part.output.append(0x0A)
            } else {
                part.output.append(contentsOf: VerdictText.line(number, verdict).utf8)
            }
        }
        return part
    }

    /// The last cell of a line; nil for a blank line and for the header of an issued list.
    private static func qrText(in line: ArraySlice<UInt8>, isFirst: Bool) -> String? {
        var cell = line
        if let comma = line.lastIndex(of: 0x2C) { cell = line[(comma + 1)...] }
        if cell.allSatisfy({ $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }) { return nil }
        let text = String(decoding: cell, as: UTF8.self)
        return isFirst && text.hasPrefix(IssuedList.qrColumn) ? nil : text
    }
}
