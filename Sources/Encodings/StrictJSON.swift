/// What a JSON decoder lets pass and a careful reader must not: a member named twice (RFC 8259 §4 leaves open which
/// counts), a NUL in a text (which ends it for many that read on), depth and width that no request of ours has.
package struct StrictJSON {
    private static let deepest = 8
    private static let mostMembers = 32

    private enum Open {
        case object(names: [UnsafeRawBufferPointer])
        case array
    }

    private let bytes: UnsafeRawBufferPointer
    private var position = 0

    /// Whether a request may be decoded. What is no JSON at all may pass: the decoder refuses it.
    package static func isAcceptable(_ bytes: UnsafeRawBufferPointer) -> Bool {
        var reader = StrictJSON(bytes: bytes)
        return reader.isAcceptable()
    }

    private init(bytes: UnsafeRawBufferPointer) { self.bytes = bytes }

    private mutating func isAcceptable() -> Bool {
        var open: [Open] = []
        var expectsName = false
        while position < bytes.count {
            defer { position += 1 }
            switch bytes[position] {
            case UInt8(ascii: "{"):
                open.append(.object(names: []))
                expectsName = true
            case UInt8(ascii: "["): open.append(.array)
            case UInt8(ascii: "}"), UInt8(ascii: "]"):
                _ = open.popLast()
                expectsName = false
            case UInt8(ascii: ","): if case .object? = open.last { expectsName = true }
            case UInt8(ascii: "\""):
                guard let text = text() else { return false }
                guard expectsName, case .object(var names)? = open.last else { continue }
                guard Self.add(text, to: &names) else { return false }
                open[open.count - 1] = .object(names: names)
                expectsName = false
            case 0: return false
            default: continue
            }
            guard open.count <= Self.deepest else { return false }
        }
        return true
    }

    /// The text that begins here; nil with a NUL in it. Ends at its closing quotation mark.
    private mutating func text() -> UnsafeRawBufferPointer? {
        let start = position + 1
        position = start
        while position < bytes.count, bytes[position] != UInt8(ascii: "\"") {
            if bytes[position] == 0 { return nil }
            if bytes[position] == UInt8(ascii: "\\") {
                position += 1
                // bounded: both ends are within the bytes, and in order.
                let digits = bytes[min(position, bytes.count)..<min(position + 5, bytes.count)]
                if digits.elementsEqual("u0000".utf8) { return nil }
            }
            position += 1
        }
        // bounded: the position is not before the start, nor the start behind the end.
        return UnsafeRawBufferPointer(rebasing: bytes[start..<min(position, bytes.count)])
    }

    /// False for a name that is there already. One with an escape might be another spelling of it, and no program
    /// escapes the letters of our names.
    private static func add(_ name: UnsafeRawBufferPointer, to names: inout [UnsafeRawBufferPointer]) -> Bool {
        guard names.count < mostMembers, !name.contains(UInt8(ascii: "\\")),
            !names.contains(where: { $0.elementsEqual(name) })
        else { return false }
        names.append(name)
        return true
    }
}
