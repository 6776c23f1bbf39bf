import Errors

/// Why a file is no document as it was signed, by marks that need no structure: most such files are other programs'
/// work, which the strict reader is not made for.
struct PDFDiagnosis {
    /// Where readers look for the end (ISO 32000-1, Annex H, note 18).
    private static let tailByteCount = 1024

    private let bytes: [UInt8]

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    /// - Throws: ``SigningError`` when a signature could not be checked.
    func problem() throws -> PDFProblem {
        guard !bytes.isEmpty else { return PDFProblem(.empty, zh: "文件是空的", en: "it is empty") }
        guard bytes.starts(with: Array("%PDF-".utf8)) else {
            return PDFProblem(.damaged, zh: "开头不是 PDF", en: "it does not begin as a PDF")
        }
        if let range = signedRange {
            guard range.upperBound <= bytes.count else {
                return PDFProblem(.damaged, zh: "缺少结尾", en: "its end is missing")
            }
            if try !isSigned(range) {
                return PDFProblem(.changed, zh: "内容与签名时不同", en: "its bytes are not those that were signed")
            }
        }
        guard bytes[max(0, bytes.count - Self.tailByteCount)...].firstIndex(of: Array("%%EOF".utf8)) != nil else {
            return PDFProblem(.damaged, zh: "缺少结尾", en: "its end is missing")
        }
        if count("/Encrypt", mostly: 1) > 0 { return PDFProblem(.encrypted, zh: "文件有密码", en: "it is encrypted") }
        if count("/Type /Page", mostly: 2) + count("/Type/Page", mostly: 2) > 1 {
            return PDFProblem(.severalPages, zh: "文件有多页", en: "it has several pages")
        }
        return .malformed("another program wrote it")
    }

    /// What a signature in the writing of ``SignatureAssembly`` covers: the file's begin and end around the gap.
    private struct SignedRange {
        let gap: Range<Int>
        let upperBound: Int
    }

    /// Nil unless the numbers of ByteRange are those of this very file: a program that saves a document again moves
    /// its objects, and leaves the numbers as they were.
    private var signedRange: SignedRange? {
        let mark = Array("<< /Type /Sig /Filter /Adobe.PPKLite /SubFilter /ETSI.CAdES.detached\n/M (D:".utf8)
        guard let start = bytes[...].firstIndex(of: mark),
            let range = bytes[start...].prefix(2048).firstIndex(of: Array("/ByteRange [".utf8))
        else { return nil }
        let numbers = bytes[(range + 12)...].prefix { $0 != UInt8(ascii: "]") }.prefix(64)
            .split(separator: 0x20).map { Int(String(decoding: $0, as: UTF8.self)) }
        guard numbers.count == 4, numbers[0] == 0, let low = numbers[1], let high = numbers[2], let rest = numbers[3],
            low > range, high > low + 2, high < 1 << 30, (0..<1 << 30).contains(rest), low < bytes.count,
            bytes[low] == UInt8(ascii: "<"), high > bytes.count || bytes[high - 1] == UInt8(ascii: ">")
        else { return nil }
        return SignedRange(gap: low..<high, upperBound: high + rest)
    }

    private func isSigned(_ range: SignedRange) throws -> Bool {
        let digits = bytes[range.gap].dropFirst().dropLast()
        guard digits.count.isMultiple(of: 2), let contents = Self.decoded(digits) else { return false }
        return try SignedPDF.isSigned(
            [0..<range.gap.lowerBound, range.gap.upperBound..<range.upperBound], bytes, contents)
    }

    private static func decoded(_ digits: ArraySlice<UInt8>) -> [UInt8]? {
        let values = digits.map { digit -> UInt8? in
            switch digit {
            case 0x30...0x39: digit - 0x30
            case 0x41...0x46: digit - 0x37
            default: nil
            }
        }
        guard !values.contains(nil) else { return nil }
        let nibbles = values.compactMap { $0 }
        return stride(from: 0, to: nibbles.count, by: 2).map { nibbles[$0] << 4 | nibbles[$0 + 1] }
    }

    /// How often a name stands there that does not go on, counted up to some number.
    private func count(_ name: String, mostly most: Int) -> Int {
        let pattern = Array(name.utf8)
        var (found, rest) = (0, bytes[...])
        while found < most, let index = rest.firstIndex(of: pattern) {
            rest = rest[(index + pattern.count)...]
            if let next = rest.first, !(0x61...0x7A).contains(next) { found += 1 }
        }
        return found
    }
}

extension ArraySlice<UInt8> {
    /// Where a pattern first stands.
    func firstIndex(of pattern: [UInt8]) -> Int? {
        guard let first = pattern.first else { return nil }
        var rest = self
        while let index = rest.firstIndex(of: first) {
            rest = rest[index...]
            if rest.starts(with: pattern) { return index }
            rest = rest.dropFirst()
        }
        return nil
    }
}
