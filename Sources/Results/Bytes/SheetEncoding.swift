import Glibc

/// How the characters of a sheet are stored. Everything past ``TextSource`` is UTF-8.
package enum SheetEncoding: String, Codable, Sendable, CaseIterable {
    case utf8 = "UTF-8"
    case utf16LittleEndian = "UTF-16LE"
    case utf16BigEndian = "UTF-16BE"
    case gb18030 = "GB18030"

    /// Loads what conversions from each of them need, for a process that can load nothing later.
    package static func prepare() {
        // Kept open, as the C library lets go of what nobody uses.
        for encoding in allCases { _ = iconv_open("UTF-8", encoding.rawValue) }
    }
}

/// What a look at the whole file says about its encoding.
struct DetectedEncoding {
    let encoding: SheetEncoding
    /// Length of the byte-order mark, which is not part of the text.
    let markLength: Int
    /// The first byte that is not UTF-8 in a file that clearly claims to be; nil in a sound file.
    var damagedAt: Int?
}

extension DetectedEncoding {
    private static let marks: [([UInt8], SheetEncoding)] = [
        ([0xEF, 0xBB, 0xBF], .utf8), ([0xFF, 0xFE], .utf16LittleEndian), ([0xFE, 0xFF], .utf16BigEndian),
        ([0x84, 0x31, 0x95, 0x33], .gb18030),
    ]

    /// GB18030 text that happens to start with so many well-formed UTF-8 characters does not occur
    /// (about one pair in five passes), so a file that does and breaks later is damaged UTF-8.
    private static let charactersThatProveUTF8 = 16

    /// Reads the whole file once, as only its last byte decides whether it is UTF-8.
    init(file: FileBytes) throws(SheetProblem) {
        let start = try file.read(at: 0, count: 4)
        if let (mark, encoding) = Self.marks.first(where: { start.starts(with: $0.0) }) {
            self.init(encoding: encoding, markLength: mark.count)
            guard encoding == .utf8 else { return }
            damagedAt = try Self.firstError(in: file, from: mark.count).offset
            return
        }
        let (offset, multibyteCount) = try Self.firstError(in: file, from: 0)
        let isUTF8 = offset == nil || multibyteCount >= Self.charactersThatProveUTF8
        self.init(encoding: isUTF8 ? .utf8 : .gb18030, markLength: 0, damagedAt: isUTF8 ? offset : nil)
        if !isUTF8 { try LegacyEvidence(file: file).refuse() }
    }

    private static func firstError(
        in file: FileBytes, from start: Int
    ) throws(SheetProblem) -> (offset: Int?, multibyteCount: Int) {
        var validator = UTF8Validator()
        var offset = start
        while true {
            let block = try file.read(at: offset, count: TextSource.blockSize)
            if block.isEmpty { break }
            if let error = validator.firstError(in: block) { return (start + error, validator.multibyteCount) }
            offset += block.count
        }
        return (validator.errorAtEnd.map { start + $0 }, validator.multibyteCount)
    }
}
