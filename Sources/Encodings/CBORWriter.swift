/// Writes deterministic CBOR (RFC 8949 §4.2.1): shortest heads, definite lengths. Map keys are the
/// caller's to give in bytewise order of their encodings.
package struct CBORWriter {
    package private(set) var bytes: [UInt8] = []

    package init(reservingCapacity capacity: Int = 0) {
        bytes.reserveCapacity(capacity)
    }

    package mutating func writeInteger(_ value: Int) {
        if value >= 0 {
            // bounded: as the condition says.
            writeHead(major: 0, UInt64(value))
        } else {
            // bounded: both have 64 bits.
            writeHead(major: 1, ~UInt64(bitPattern: Int64(value)))
        }
    }

    package mutating func writeBytes(_ value: some Collection<UInt8>) {
        writeHead(major: 2, UInt64(value.count))
        bytes.append(contentsOf: value)
    }

    package mutating func writeText(_ value: String) {
        // bounded: counts are not below 0.
        writeHead(major: 3, UInt64(value.utf8.count))
        bytes.append(contentsOf: value.utf8)
    }

    // bounded: counts are not below 0.
    package mutating func writeArrayHead(count: Int) { writeHead(major: 4, UInt64(count)) }
    // bounded: counts are not below 0.
    package mutating func writeMapHead(count: Int) { writeHead(major: 5, UInt64(count)) }
    package mutating func writeTag(_ tag: UInt64) { writeHead(major: 6, tag) }

    private mutating func writeHead(major: UInt8, _ argument: UInt64) {
        let type = major << 5
        switch argument {
        case 0..<24:
            // bounded: as the case says.
            bytes.append(type | UInt8(argument))
        case 24..<0x100:
            bytes.append(type | 24)
            // bounded: as the case says.
            bytes.append(UInt8(argument))
        case 0x100..<0x1_0000:
            bytes.append(type | 25)
            appendBigEndian(argument, byteCount: 2)
        case 0x1_0000..<0x1_0000_0000:
            bytes.append(type | 26)
            appendBigEndian(argument, byteCount: 4)
        default:
            bytes.append(type | 27)
            appendBigEndian(argument, byteCount: 8)
        }
    }

    private mutating func appendBigEndian(_ value: UInt64, byteCount: Int) {
        for shift in stride(from: (byteCount - 1) * 8, through: 0, by: -8) {
            bytes.append(UInt8(truncatingIfNeeded: value >> UInt64(shift)))
        }
    }
}
