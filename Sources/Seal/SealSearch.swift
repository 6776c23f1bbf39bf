import Encodings

/// The one seal in whatever text a person pasted, a scanner read or a table holds (docs/formats/seal.md, "QR text").
package struct SealSearch {
    package enum Finding: Sendable {
        case seal(UnverifiedSeal)
        /// A whole message of our kind, but with a header or claims that no seal has.
        case malformed(FormatError)
        /// Digits that were a seal's, of which some are missing, changed or too many.
        case damaged
        /// Different seals: it is not for us to choose.
        case several
        case nothing

        /// Whether a message was found to its end, or several.
        package var isWhole: Bool {
            switch self {
            case .seal, .malformed, .several: true
            case .damaged, .nothing: false
            }
        }

        /// Whether there is something of a seal.
        package var isTrace: Bool { if case .nothing = self { false } else { true } }
    }

    /// Longer texts are looked at no further.
    private static let maximumByteCount = 1 << 16
    /// Of the shortest message with a key and a signature.
    private static let fewestDigits = 200
    /// A run this long is nothing that people count with.
    private static let fewestStrayDigits = 40
    /// Each costs as much as reading a seal.
    private static let mostAttempts = 20_000

    private var seals: [UnverifiedSeal] = []
    private var malformed: FormatError?
    private var hasTraces = false
    private var attempts = 0

    package static func find(in text: some StringProtocol) -> Finding {
        // What nearly every text is: an address and digits, or digits.
        if let bytes = try? QRText.sealBytes(in: text), let seal = try? UnverifiedSeal(decoding: bytes) {
            return .seal(seal)
        }
        var search = SealSearch()
        for run in DigitRuns(text.utf8.prefix(maximumByteCount)).runs { search.look(in: run) }
        if search.seals.count > 1 { return .several }
        if let seal = search.seals.first { return .seal(seal) }
        if let error = search.malformed { return .malformed(error) }
        return search.hasTraces ? .damaged : .nothing
    }

    private mutating func look(in run: DigitRuns.Run) {
        hasTraces = hasTraces || run.isBehindAddress || run.digitCount >= Self.fewestStrayDigits
        var first = 0
        while first < run.chunks.count {
            let isStart = first == 0 || run.chunks[first].count >= Self.fewestStrayDigits
            first = (isStart ? end(ofMessageFrom: first, in: run) : nil) ?? first + 1
        }
    }

    /// A message says itself how long it is, so that at most one of the ends fits it.
    private mutating func end(ofMessageFrom first: Int, in run: DigitRuns.Run) -> Int? {
        var digits: [UInt8] = []
        // bounded: the caller begins within the chunks.
        for next in first..<run.chunks.count {
            digits += run.chunks[next]
            guard digits.count <= DecimalDigits.maximumDigitCount, attempts < Self.mostAttempts else { return nil }
            guard digits.count >= Self.fewestDigits else { continue }
            attempts += 1
            guard let bytes = try? DecimalDigits.decode(digits) else { continue }
            guard COSESign1.begins(bytes) else { return nil }
            guard COSESign1.isWhole(bytes) else { continue }
            note(bytes)
            return next + 1
        }
        return nil
    }

    private mutating func note(_ bytes: [UInt8]) {
        do throws(FormatError) {
            let seal = try UnverifiedSeal(decoding: bytes)
            // Two copies of a link are common, and one seal.
            if !seals.contains(where: { $0.signature == seal.signature && $0.signedBytes == seal.signedBytes }) {
                seals.append(seal)
            }
        } catch { malformed = error }
    }
}
