/// The digits of a text, after percent-encoding and compatibility forms (full-width and the like) are undone. Spaces,
/// marks, format characters and punctuation join two chunks of a run; letters and `#` end it.
struct DigitRuns {
    struct Run {
        /// What stood between others.
        var chunks: [[UInt8]] = []
        /// Whether it stands behind `c#`, as in a code's address, even when nothing is left of it.
        var isBehindAddress = false

        var digitCount: Int { chunks.reduce(0) { $0 + $1.count } }
    }

    private(set) var runs: [Run] = []
    private var run = Run()
    private var isChunkOpen = false

    init(_ utf8: some Sequence<UInt8>) {
        var last: Unicode.Scalar = " "
        for scalar in String(decoding: Self.percentDecoded(Array(utf8)), as: UTF8.self).unicodeScalars {
            let kind = Kind(scalar)
            switch kind {
            case .digit(let digit): append(digit)
            case .joiner: isChunkOpen = false
            case .letter, .hash: endRun()
            }
            if case .hash = kind { run.isBehindAddress = last == "c" || last == "C" }
            if kind.isVisible { last = scalar }
        }
        endRun()
    }

    private mutating func append(_ digit: UInt8) {
        if !isChunkOpen { run.chunks.append([]) }
        isChunkOpen = true
        run.chunks[run.chunks.count - 1].append(digit)
    }

    private mutating func endRun() {
        if run.isBehindAddress || !run.chunks.isEmpty { runs.append(run) }
        run = Run()
        isChunkOpen = false
    }

    private enum Kind {
        case digit(UInt8)
        case letter, hash, joiner

        var isVisible: Bool { if case .joiner = self { false } else { true } }

        init(_ scalar: Unicode.Scalar) {
            switch scalar {
            // bounded: the case is of these scalars alone.
            case "0"..."9": self = .digit(UInt8(scalar.value))
            case "#", "＃", "﹟": self = .hash
            // Full-width, mathematical and segmented digits (NFKC).
            // bounded: the case is of these scalars alone.
            case "\u{FF10}"..."\u{FF19}": self = .digit(UInt8(scalar.value - 0xFF10 + 0x30))
            // bounded: the case is of these scalars alone.
            case "\u{1D7CE}"..."\u{1D7FF}": self = .digit(UInt8((scalar.value - 0x1D7CE) % 10 + 0x30))
            // bounded: the case is of these scalars alone.
            case "\u{1FBF0}"..."\u{1FBF9}": self = .digit(UInt8(scalar.value - 0x1FBF0 + 0x30))
            case "\0"..."\u{7F}":
                self = ("a"..."z").contains(scalar) || ("A"..."Z").contains(scalar) ? .letter : .joiner
            default: self = Self.other(scalar)
            }
        }

        private static func other(_ scalar: Unicode.Scalar) -> Kind {
            let properties = scalar.properties
            // Superscripts and digits in circles.
            if properties.numericType == .digit, let value = properties.numericValue, (0...9).contains(value) {
                // bounded: a single digit.
                return .digit(UInt8(value) + 0x30)
            }
            return switch properties.generalCategory {
            case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter, .decimalNumber,
                .letterNumber, .otherNumber:
                .letter
            default: .joiner
            }
        }
    }

    /// Also what was encoded twice or three times, as links in links are.
    private static func percentDecoded(_ bytes: [UInt8]) -> [UInt8] {
        var bytes = bytes
        for _ in 0..<3 {
            guard bytes.contains(0x25) else { break }
            bytes = decodedOnce(bytes)
        }
        return bytes
    }

    private static func decodedOnce(_ bytes: [UInt8]) -> [UInt8] {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(bytes.count)
        var index = 0
        while index < bytes.count {
            if bytes[index] == 0x25, index + 2 < bytes.count, let high = value(bytes[index + 1]),
                let low = value(bytes[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(bytes[index])
                index += 1
            }
        }
        return decoded
    }

    private static func value(_ hexadecimal: UInt8) -> UInt8? {
        switch hexadecimal {
        case 0x30...0x39: hexadecimal - 0x30
        case 0x41...0x46: hexadecimal - 0x37
        case 0x61...0x66: hexadecimal - 0x57
        default: nil
        }
    }
}
