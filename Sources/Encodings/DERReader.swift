import Errors

/// Reads DER strictly, element by element: only definite, minimal lengths and single-byte tags.
package struct DERReader {
    private var rest: ArraySlice<UInt8>

    package init(_ bytes: some Collection<UInt8>) { rest = ArraySlice(bytes) }

    package var isAtEnd: Bool { rest.isEmpty }
    package var nextTag: UInt8? { rest.first }

    package struct Element {
        package let tag: UInt8
        package let content: ArraySlice<UInt8>
        /// With its tag and length.
        package let whole: ArraySlice<UInt8>
    }

    package mutating func element() throws(FormatError) -> Element {
        let start = rest.startIndex
        guard rest.count >= 2, rest[start] & 0x1F != 0x1F else { throw Self.malformed }
        // bounded: a byte.
        var length = Int(rest[start + 1])
        var body = start + 2
        if length >= 0x80 {
            let octets = length & 0x7F
            guard (1...4).contains(octets), rest.count >= 2 + octets else { throw Self.malformed }
            // bounded: as many octets are there, as checked above.
            length = rest[body..<(body + octets)].reduce(0) { $0 << 8 | Int($1) }
            guard length >= 0x80, length >> (8 * (octets - 1)) != 0 else { throw Self.malformed }
            body += octets
        }
        guard length <= rest.endIndex - body else { throw Self.malformed }
        let end = body + length
        // bounded: the end lies within the rest, as checked above.
        let element = Element(tag: rest[start], content: rest[body..<end], whole: rest[start..<end])
        rest = rest[end...]
        return element
    }

    package mutating func element(_ tag: UInt8) throws(FormatError) -> Element {
        guard nextTag == tag else { throw Self.malformed }
        return try element()
    }

    /// The content of a SEQUENCE, or of another constructed element.
    package mutating func nested(_ tag: UInt8 = DER.Tag.sequence) throws(FormatError) -> DERReader {
        DERReader(try element(tag).content)
    }

    /// Nil when the next element is another.
    package mutating func optional(_ tag: UInt8) throws(FormatError) -> Element? {
        nextTag == tag ? try element() : nil
    }

    package mutating func objectIdentifier() throws(FormatError) -> ArraySlice<UInt8> {
        try element(DER.Tag.objectIdentifier).whole
    }

    package func end() throws(FormatError) {
        guard isAtEnd else { throw Self.malformed }
    }

    package static let malformed = FormatError(.malformed, zh: "不是所要求形式的 DER", en: "not DER of the expected shape")
}
