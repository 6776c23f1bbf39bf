/// Writes DER (ITU-T X.690 §10), as far as certificates and CMS need it.
package enum DER {
    package enum Tag {
        package static let boolean: UInt8 = 0x01
        package static let integer: UInt8 = 0x02
        package static let bitString: UInt8 = 0x03
        package static let octetString: UInt8 = 0x04
        package static let null: UInt8 = 0x05
        package static let objectIdentifier: UInt8 = 0x06
        package static let utf8String: UInt8 = 0x0C
        package static let sequence: UInt8 = 0x30
        package static let set: UInt8 = 0x31
        package static let utcTime: UInt8 = 0x17
        package static let generalizedTime: UInt8 = 0x18

        /// `[number]`, constructed.
        package static func context(_ number: UInt8) -> UInt8 { 0xA0 | number }
        /// `[number]`, primitive.
        package static func primitiveContext(_ number: UInt8) -> UInt8 { 0x80 | number }
    }

    package static func element(_ tag: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        let count = content.count
        var bytes = [tag]
        bytes.reserveCapacity(count + 6)
        if count < 0x80 {
            bytes.append(UInt8(count))
        } else {
            let octets = (count.bitWidth - count.leadingZeroBitCount + 7) / 8
            bytes.append(0x80 | UInt8(octets))
            for octet in (0..<octets).reversed() { bytes.append(UInt8(truncatingIfNeeded: count >> (8 * octet))) }
        }
        bytes.append(contentsOf: content)
        return bytes
    }

    package static func sequence(_ parts: [UInt8]...) -> [UInt8] { element(Tag.sequence, Array(parts.joined())) }
    package static func set(_ parts: [UInt8]...) -> [UInt8] { set(of: parts) }

    /// SET OF, its elements in the order of their encodings (§11.6).
    package static func set(of parts: [[UInt8]]) -> [UInt8] {
        element(Tag.set, Array(parts.sorted { $0.lexicographicallyPrecedes($1) }.joined()))
    }

    package static func context(_ number: UInt8, _ content: some Collection<UInt8>) -> [UInt8] {
        element(Tag.context(number), content)
    }

    package static func octetString(_ bytes: some Collection<UInt8>) -> [UInt8] { element(Tag.octetString, bytes) }
    package static func utf8String(_ text: String) -> [UInt8] { element(Tag.utf8String, Array(text.utf8)) }
    package static func bitString(_ bytes: some Collection<UInt8>) -> [UInt8] { element(Tag.bitString, [0] + bytes) }
    package static let null: [UInt8] = [Tag.null, 0]
    package static let yes: [UInt8] = [Tag.boolean, 1, 0xFF]

    package static func integer(_ value: UInt8) -> [UInt8] { unsigned([value]) }

    /// An INTEGER that is not negative, from its big-endian bytes.
    package static func unsigned(_ bytes: some Collection<UInt8>) -> [UInt8] {
        let significant = bytes.drop { $0 == 0 }
        let needsSignByte = significant.first.map { $0 >= 0x80 } ?? true
        return element(Tag.integer, (needsSignByte ? [0] : []) + significant)
    }
}

/// An OBJECT IDENTIFIER, encoded.
package struct ObjectIdentifier: Hashable, Sendable {
    package let der: [UInt8]

    package init(_ arcs: Int...) {
        var content = [UInt8(arcs[0] * 40 + arcs[1])]
        for arc in arcs.dropFirst(2) {
            var groups = [UInt8(arc & 0x7F)]
            var rest = arc >> 7
            while rest > 0 {
                groups.append(UInt8(rest & 0x7F) | 0x80)
                rest >>= 7
            }
            content += groups.reversed()
        }
        der = DER.element(DER.Tag.objectIdentifier, content)
    }
}
