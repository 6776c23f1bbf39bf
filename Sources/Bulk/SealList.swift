import Credential
import Errors
import Files
import Glibc
import Pipelines
import Results
import Seal
import Signing
import Trust
import Verification

/// Checks a text of any length row by row on all cores, in order, in bounded memory: a table with a header, or lines of
/// which each has a QR text somewhere.
package struct SealList: Sendable {
    /// Words a row's answer, on whichever thread found it.
    package typealias Wording = @Sendable (BulkRow, RowAnswer) -> String

    private let engine: BulkVerification
    private let wording: Wording?

    /// - Parameter wording: nil for lines of JSON.
    package init(engine: BulkVerification, wording: Wording? = nil) {
        self.engine = engine
        self.wording = wording
    }

    private struct Part: Sendable {
        var output: [UInt8] = []
        var counts = VerdictCounts()
        var totalsRows: [Int] = []
    }

    /// - Parameters:
    ///   - input: a path, or `-` for standard input.
    ///   - head: what was read of it already.
    ///   - layout: nil when it has no header.
    ///   - onTotals: told which rows are of totals, and so are passed over.
    ///   - write: takes lines in order.
    package func verify(
        _ input: String, head: [UInt8] = [], layout: ListLayout?, onTotals: ([Int]) -> Void, write: ([UInt8]) -> Void
    ) async throws -> VerdictCounts {
        var source = try LineSource(input, head: head, quotedBy: layout?.delimiter)
        var counts = VerdictCounts()
        let list = SealList(engine: engine.remembering(), wording: wording)
        try await OrderedPipeline.run(
            next: { try source.nextLines() },
            transform: { try await list.check($0, layout) },
            consume: { part in
                counts.add(part.counts)
                onTotals(part.totalsRows)
                write(part.output)
            })
        guard counts.total > 0 else {
            throw Refusal(
                .refused, zh: "\(input) 中没有二维码内容；每行需要一个", en: "\(input) has no QR text; it needs one on each line")
        }
        return counts
    }

    /// What the seals of a file say, each of them signed by an institution of the trust list.
    package static func claims(in path: String, trust: VerifiedTrustList) throws -> [CertificateClaims] {
        let verifier = SealVerifier(trust: .list(trust), now: Clock.now(), isTrustCurrent: true)
        let lines = try DurableFile.read(path).split(separator: 0x0A, omittingEmptySubsequences: false)
        let claims = try lines.enumerated().compactMap { index, line -> CertificateClaims? in
            guard let text = line.withUnsafeBytes({ qrText(in: $0, isFirst: index == 0) }) else { return nil }
            let seal = try? UnverifiedSeal(qrText: text)
            let checks = try seal.map { try verifier.verify($0).checks } ?? []
            guard let seal, checks.count(where: { [.signature, .issuer].contains($0.name) && $0.result == .pass }) == 2
            else {
                throw Refusal(
                    .refused, zh: "\(path) 第 \(index + 1) 行不是信任列表认可的证书二维码内容；没有任何更改",
                    en: "line \(index + 1) of \(path) is no seal that stands by the trust list; nothing was changed",
                    remedy: .checkText)
            }
            return seal.claims
        }
        guard !claims.isEmpty else {
            throw Refusal(
                .refused, zh: "\(path) 中没有二维码内容；每行需要一个", en: "\(path) has no QR text; it needs one on each line")
        }
        return claims
    }

    private func check(_ lines: LineSource.Lines, _ layout: ListLayout?) async throws -> Part {
        let checker = RowChecker(engine)
        var part = Part()
        let (rows, totalsRows) = layout.map { Self.rows(lines, $0) } ?? (Self.rows(lines), [])
        part.totalsRows = totalsRows
        part.output.reserveCapacity(lines.bytes.count)
        for row in rows {
            append(try await checker.answer(row), row, isLine: layout == nil, to: &part)
        }
        return part
    }

    /// Records below the header, and which of them are of totals.
    private static func rows(_ lines: LineSource.Lines, _ layout: ListLayout) -> ([BulkRow], totals: [Int]) {
        var rows: [BulkRow] = []
        var totals: [Int] = []
        lines.bytes.withUnsafeBytes { bytes in
            layout.forEachRecord(in: bytes) { place, cells in
                let number = lines.firstNumber + place - 1
                guard number > layout.headerRow, !cells.isBlank else { return }
                guard !cells.isTotal else { return totals.append(number) }
                rows.append(BulkRow(number: number, cells: [], question: layout.columns.question { cells[$0] }))
            }
        }
        return (rows, totals)
    }

    /// Lines that are not blank, each of which may have its seal anywhere.
    private static func rows(_ lines: LineSource.Lines) -> [BulkRow] {
        var rows: [BulkRow] = []
        lines.bytes.withUnsafeBytes { bytes in
            var (number, start) = (lines.firstNumber, 0)
            while start < bytes.count {
                let rest = UnsafeRawBufferPointer(rebasing: bytes[start...])
                let length = lineLength(rest)
                // bounded: at most what is left.
                let line = UnsafeRawBufferPointer(rebasing: rest[..<length])
                if !isBlank(line) {
                    let question = BulkRow.Question.seal(String(decoding: line, as: UTF8.self), stated: StatedHolder())
                    rows.append(BulkRow(number: number, cells: [], question: question))
                }
                number += 1
                start += length + 1
            }
        }
        return rows
    }

    private func append(_ answer: RowAnswer, _ row: BulkRow, isLine: Bool, to part: inout Part) {
        part.counts.count(answer.outcome)
        if let wording {
            part.output.append(contentsOf: wording(row, answer).utf8)
        } else {
            answer.appendJSON(to: &part.output, row: row, as: isLine ? "line" : "row")
            part.output.append(0x0A)
        }
    }

    private static func isBlank(_ line: UnsafeRawBufferPointer) -> Bool {
        line.allSatisfy { $0 == 0x20 || $0 == 0x0D || $0 == 0x09 }
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
        if isBlank(cell) { return nil }
        let text = String(decoding: cell, as: UTF8.self)
        return isFirst && ListColumns(header: [text]).seal != nil ? nil : text
    }
}
