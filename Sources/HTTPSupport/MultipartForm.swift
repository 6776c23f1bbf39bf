import Glibc

/// A form with a file (`multipart/form-data`, RFC 7578), as browsers send it and read strictly: one file at most, few short
/// texts, nothing before, between or behind the parts.
package struct MultipartForm: Sendable {
    package static let (mostFields, longestField, longestHead) = (20, 4096, 2048)

    package struct File: Sendable {
        package let fileName: String
        package let bytes: [UInt8]
    }

    package private(set) var fields: [(name: String, value: String)] = []
    /// Nil when none was chosen.
    package private(set) var file: File?

    /// The boundary that a request's `Content-Type` names (RFC 2046 §5.1.1); nil for another type.
    package static func boundary(inType type: String) -> String? {
        let parts = type.split(separator: ";").map { $0.drop { $0 == " " } }
        guard parts.first?.lowercased() == "multipart/form-data" else { return nil }
        let given = parts.dropFirst().filter { $0.lowercased().hasPrefix("boundary=") }
        guard given.count == 1, var value = given.first?.dropFirst(9) else { return nil }
        if value.count >= 2, value.first == "\"", value.last == "\"" { value = value.dropFirst().dropLast() }
        let isGood = value.utf8.allSatisfy { byte in
            (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte & 0xDF) || "'()+_,-./:=?".utf8.contains(byte)
        }
        return isGood && (1...70).contains(value.utf8.count) ? String(value) : nil
    }

    /// Nil for anything but such a form.
    package init?(_ body: [UInt8], boundary: String) {
        let mark = Array("\r\n--\(boundary)".utf8)
        // The first mark has no line before it.
        guard body.starts(with: mark.dropFirst(2)) else { return nil }
        var position = mark.count - 2
        while true {
            if body[position...].elementsEqual("--".utf8) || body[position...].elementsEqual("--\r\n".utf8) { return }
            guard body[position...].starts(with: "\r\n".utf8),
                let head = Self.place(of: Array("\r\n\r\n".utf8), in: body, from: position, within: Self.longestHead),
                let end = Self.place(of: mark, in: body, from: head + 4, within: body.count),
                let (name, fileName) = Self.names(body[position..<head])
            else { return nil }
            // bounded: the mark was looked for behind the head.
            guard take(body[(head + 4)..<end], name, fileName) else { return nil }
            position = end + mark.count
        }
    }

    private mutating func take(_ content: ArraySlice<UInt8>, _ name: String, _ fileName: String?) -> Bool {
        if let fileName {
            guard file == nil else { return false }
            // A field without a choice is sent, too.
            if !fileName.isEmpty || !content.isEmpty { file = File(fileName: fileName, bytes: Array(content)) }
            return true
        }
        guard fields.count < Self.mostFields, content.count <= Self.longestField, !content.contains(0),
            let text = String(validating: content, as: UTF8.self)
        else { return false }
        fields.append((name, text))
        return true
    }

    /// Of a part: its name, and its file's when it is one.
    private static func names(_ head: ArraySlice<UInt8>) -> (String, String?)? {
        guard let text = String(validating: head, as: UTF8.self) else { return nil }
        // Not by Character: CR and LF are one.
        let lines = text.utf8.split(separator: 0x0A).map { Substring($0.last == 0x0D ? $0.dropLast() : $0) }
        let dispositions = lines.filter { $0.lowercased().hasPrefix("content-disposition:") }
        guard dispositions.count == 1, let line = dispositions.first else { return nil }
        let rest = line.dropFirst(20).drop { $0 == " " }
        guard rest.hasPrefix("form-data; name=\"") else { return nil }
        var value = rest.dropFirst(17)
        guard let end = value.firstIndex(of: "\"") else { return nil }
        let name = String(value[..<end])
        value = value[value.index(after: end)...]
        if value.isEmpty { return name.isEmpty ? nil : (name, nil) }
        guard value.hasPrefix("; filename=\""), value.hasSuffix("\""), value.count > 12 else { return nil }
        return name.isEmpty ? nil : (name, String(value.dropFirst(12).dropLast()))
    }

    /// Where a text stands next, that begins with CR.
    private static func place(of text: [UInt8], in body: [UInt8], from start: Int, within limit: Int) -> Int? {
        body.withUnsafeBytes { bytes in
            let last = min(bytes.count, start + limit) - text.count
            var place = start
            while place <= last, let base = bytes.baseAddress {
                guard let found = memchr(base + place, 0x0D, last - place + 1) else { return nil }
                place = UnsafeRawPointer(found) - base
                // bounded: no match begins behind the last place where it could end.
                if bytes[place..<(place + text.count)].elementsEqual(text) { return place }
                place += 1
            }
            return nil
        }
    }
}
