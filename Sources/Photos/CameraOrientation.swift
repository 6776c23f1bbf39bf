/// How a camera was held, by the mark in its JPEG file (Exif 2.32, 4.5.4 and 4.6.4).
enum CameraOrientation {
    private static let startOfScan: UInt8 = 0xDA
    private static let application1: UInt8 = 0xE1
    private static let head = Array("Exif\0\0".utf8)
    private static let tag = 0x0112
    /// Of a TIFF directory, in bytes.
    private static let entryByteCount = 12

    /// 1 to 8; 1, upright, where there is none or it makes no sense.
    static func mark(in file: [UInt8]) -> Int32 {
        var position = 2
        while position + 4 <= file.count, file[position] == 0xFF, file[position + 1] != startOfScan {
            // bounded: each is one byte.
            let length = Int(file[position + 2]) << 8 | Int(file[position + 3])
            guard length >= 2, position + 2 + length <= file.count else { return 1 }
            // bounded: the segment ends within the file.
            let content = file[(position + 4)..<(position + 2 + length)]
            if file[position + 1] == application1, content.starts(with: head) {
                return mark(inTIFF: Array(content.dropFirst(head.count)))
            }
            position += 2 + length
        }
        return 1
    }

    private static func mark(inTIFF bytes: [UInt8]) -> Int32 {
        guard let first = bytes.first, first == UInt8(ascii: "I") || first == UInt8(ascii: "M") else { return 1 }
        func number(at position: Int, _ count: Int) -> Int? {
            guard position >= 0, position <= bytes.count - count else { return nil }
            let digits = bytes.dropFirst(position).prefix(count)
            return (first == UInt8(ascii: "I") ? Array(digits.reversed()) : Array(digits))
                .reduce(0) { $0 << 8 | Int($1) }
        }
        guard let directory = number(at: 4, 4), let count = number(at: directory, 2) else { return 1 }
        for entry in 0..<count {
            let position = directory + 2 + entry * entryByteCount
            guard let found = number(at: position, 2) else { return 1 }
            guard found == tag else { continue }
            let value = number(at: position + 8, 2) ?? 1
            return (1...8).contains(value) ? Int32(clamping: value) : 1
        }
        return 1
    }
}
