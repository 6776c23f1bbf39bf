/// An object of ISO 32000 §7.3. Streams stand apart, in ``PDFIndirectObject``.
indirect enum PDFObject: Equatable, Sendable {
    case null
    case boolean(Bool)
    case integer(Int)
    /// As it was written, so that it is written again as it was.
    case real(String)
    /// Without the slash, `#` escapes resolved.
    case name(String)
    /// - Parameter at: where the token stands in the file, its delimiters included; for ByteRange.
    case string([UInt8], at: Range<Int>)
    case array([PDFObject])
    case dictionary(PDFDictionary)
    case reference(Int)
}

/// A dictionary in the order of its entries.
struct PDFDictionary: Equatable, Sendable {
    private(set) var entries: [(key: String, value: PDFObject)] = []

    static func == (a: Self, b: Self) -> Bool { a.entries.elementsEqual(b.entries) { $0 == $1 } }

    subscript(key: String) -> PDFObject? {
        get { entries.first { $0.key == key }?.value }
        set {
            let index = entries.firstIndex { $0.key == key }
            switch (index, newValue) {
            case (let index?, let value?): entries[index].value = value
            case (let index?, nil): entries.remove(at: index)
            case (nil, let value?): entries.append((key, value))
            case (nil, nil): break
            }
        }
    }
}

extension PDFDictionary: ExpressibleByDictionaryLiteral {
    init(dictionaryLiteral elements: (String, PDFObject)...) { entries = elements.map { ($0.0, $0.1) } }
}

extension PDFObject {
    var integer: Int? { if case .integer(let value) = self { value } else { nil } }
    var name: String? { if case .name(let value) = self { value } else { nil } }
    var string: [UInt8]? { if case .string(let value, _) = self { value } else { nil } }
    var array: [PDFObject]? { if case .array(let value) = self { value } else { nil } }
    var dictionary: PDFDictionary? { if case .dictionary(let value) = self { value } else { nil } }
    var reference: Int? { if case .reference(let value) = self { value } else { nil } }
}

/// An object with its number, and the bytes of its stream if it is one.
struct PDFIndirectObject: Sendable {
    let number: Int
    let value: PDFObject
    let stream: Range<Int>?
    /// From the number to `endobj` and the white space after it.
    let extent: Range<Int>
}
