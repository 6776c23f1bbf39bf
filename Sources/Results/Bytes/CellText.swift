/// The text of a cell after mending what is never meant: hidden characters, typists' tricks.
struct CellText {
    /// What had to be mended.
    struct Mending: OptionSet {
        let rawValue: UInt8
        static let spaces = Mending(rawValue: 1)
        static let textMarker = Mending(rawValue: 2)
        static let fullWidth = Mending(rawValue: 4)
    }

    /// Whether full-width forms are to become ASCII: in numbers and codes, but not in words.
    enum Form { case words, code }

    /// Well-formed UTF-8 as long as the file is.
    let bytes: UnsafeRawBufferPointer
    let mending: Mending

    var isEmpty: Bool { bytes.isEmpty }
    var string: String { String(decoding: bytes, as: UTF8.self) }
}

extension RawCell {
    /// Lends the cell's text; it is valid inside the closure only.
    func withText<Result>(_ form: CellText.Form, _ body: (CellText) -> Result) -> Result {
        guard classes.contains(.suspect) else { return body(CellText(bytes: bytes, mending: [])) }
        var mender = CellMender(form: form)
        mender.mend(classes.contains(.quoted) ? unquoted : Array(bytes))
        return mender.text.withUnsafeBytes { body(CellText(bytes: $0, mending: $0.isEmpty ? [] : mender.mending)) }
    }

    /// The text alone, for cells that are words.
    var string: String { withText(.words, \.string) }

    /// The characters that the file has, with nothing mended.
    var original: String {
        String(decoding: classes.contains(.quoted) ? unquoted : Array(bytes), as: UTF8.self)
    }

    /// Without the marks around it; what follows a closing mark belongs to the cell as it is.
    private var unquoted: [UInt8] {
        var text: [UInt8] = []
        var i = 1
        while i < bytes.count {
            if bytes[i] == Byte.quote {
                guard i + 1 < bytes.count, bytes[i + 1] == Byte.quote else { return text + bytes[(i + 1)...] }
                i += 1
            }
            text.append(bytes[i])
            i += 1
        }
        return text
    }
}

private struct CellMender {
    let form: CellText.Form
    private(set) var text: [UInt8] = []
    private(set) var mending: CellText.Mending = []

    init(form: CellText.Form) { self.form = form }

    mutating func mend(_ bytes: [UInt8]) {
        for scalar in String(decoding: bytes, as: UTF8.self).unicodeScalars { append(scalar) }
        trim()
        dropTextMarker()
    }

    private mutating func append(_ scalar: Unicode.Scalar) {
        switch scalar.value {
        case 0x20: text.append(Byte.space)
        case 0x09...0x0D, 0x85, 0xA0, 0x1680, 0x2000...0x200A, 0x2028, 0x2029, 0x202F, 0x205F, 0x3000:
            text.append(Byte.space)
            mending.insert(.spaces)
        case 0...0x1F, 0x7F...0x9F, 0xAD, 0x61C, 0x180E, 0x200B...0x200F, 0x202A...0x202E, 0x2060...0x206F, 0xFEFF:
            mending.insert(.spaces)
        case 0xFF01...0xFF5E where form == .code:
            // bounded: from 0x21 to 0x7E, as the case says.
            text.append(UInt8(scalar.value - 0xFEE0))
            mending.insert(.fullWidth)
        case 0x2010...0x2015 where form == .code, 0x2212 where form == .code:
            text.append(Byte.hyphen)
            mending.insert(.fullWidth)
        default:
            // Every scalar has an encoding in UTF-8, as surrogates are no scalars.
            // bounded: no surrogate is a scalar.
            text.append(contentsOf: UTF8.encode(scalar)!)
        }
    }

    private mutating func trim() {
        let isInner: (UInt8) -> Bool = { $0 != Byte.space }
        guard let first = text.firstIndex(where: isInner), let last = text.lastIndex(where: isInner) else {
            text = []
            return
        }
        guard first > 0 || last + 1 < text.count else { return }
        // bounded: first and last of the same bytes.
        text = Array(text[first...last])
        mending.insert(.spaces)
    }

    /// `'370701…` and `="370701…"`, by which typists keep a number from becoming a float.
    private mutating func dropTextMarker() {
        if text.first == Byte.apostrophe {
            text.removeFirst()
        } else if text.count >= 3, text[0] == Byte.equals, text[1] == Byte.quote, text.last == Byte.quote {
            // bounded: there are three at least.
            text = Array(text[2..<(text.count - 1)])
        } else {
            return
        }
        mending.insert(.textMarker)
        trim()
    }
}
