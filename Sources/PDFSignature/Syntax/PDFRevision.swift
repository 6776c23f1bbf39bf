/// A PDF of one revision, as cairo and ``PDFSigner`` write it: header, objects one after the other, one
/// cross-reference table, one trailer.
///
/// Every byte belongs to exactly one of these, so that the file has one meaning, whoever reads it: no
/// gaps between objects, no object twice or unlisted, no compressed objects, nothing by reference to an
/// earlier revision.
struct PDFRevision {
    let bytes: [UInt8]
    /// In the order of the file.
    let objects: [PDFIndirectObject]
    let trailer: PDFDictionary
    /// After `%%EOF` and its line end.
    let end: Int
    /// Objects by their numbers: indices into ``objects``.
    private let indices: [Int?]

    static let maximumByteCount = 16 << 20

    /// - Parameter end: where this revision ends in the bytes.
    init(_ bytes: [UInt8], end: Int) throws(PDFProblem) {
        guard bytes.count <= Self.maximumByteCount else {
            throw .malformed("it is larger than \(Self.maximumByteCount >> 20) MiB")
        }
        let table = try CrossReferences(bytes, end: end)
        var lexer = PDFLexer(bytes)
        try Self.skipHeader(&lexer)
        var objects: [PDFIndirectObject] = []
        var indices = [Int?](repeating: nil, count: table.offsets.count)
        // Within the file, as the table has checked.
        let inFileOrder = table.offsets.indices.dropFirst().sorted { table.offsets[$0] < table.offsets[$1] }
        for number in inFileOrder {
            guard table.offsets[number] == lexer.position else {
                throw .malformed("its objects do not stand one after the other")
            }
            indices[number] = objects.count
            objects.append(try Self.object(number, &lexer, bytes, table))
        }
        guard lexer.position == table.position else { throw .malformed("there are bytes that belong to no object") }
        (self.bytes, self.objects, self.indices, self.end) = (bytes, objects, indices, end)
        trailer = table.trailer
    }

    func object(_ number: Int?) -> PDFIndirectObject? {
        guard let number, indices.indices.contains(number) else { return nil }
        return indices[number].map { objects[$0] }
    }

    var nextNumber: Int { indices.count }

    /// A dictionary that stands there itself or by reference.
    func dictionary(_ value: PDFObject?) -> PDFDictionary? {
        guard let number = value?.reference else { return value?.dictionary }
        guard let object = object(number), object.stream == nil else { return nil }
        return object.value.dictionary
    }

    private static func skipHeader(_ lexer: inout PDFLexer) throws(PDFProblem) {
        guard lexer.take("%PDF-1."), (0x34...0x37).contains(try lexer.takeByte()), lexer.take("\n"), lexer.take("%")
        else { throw .malformed("it does not begin like a PDF 1.4 to 1.7") }
        for _ in 0..<4 {
            guard try lexer.takeByte() >= 0x80 else { throw .malformed("its second line is not the usual one") }
        }
        guard lexer.take("\n") else { throw .malformed("its second line is not the usual one") }
    }

    private static func object(
        _ number: Int, _ lexer: inout PDFLexer, _ bytes: [UInt8], _ table: CrossReferences
    ) throws(PDFProblem) -> PDFIndirectObject {
        let start = lexer.position
        guard try lexer.unsignedInteger() == number, lexer.take(" 0 obj\n") else {
            throw .malformed("an object is not where the table says")
        }
        let value = try lexer.object()
        lexer.skipSpace()
        var stream: Range<Int>?
        if lexer.take("stream\n") || lexer.take("stream\r\n") {
            guard let dictionary = value.dictionary, dictionary["F"] == nil else {
                throw .malformed("a stream has no dictionary of its own")
            }
            let length = try length(dictionary["Length"], bytes, table)
            guard length <= table.position - lexer.position else { throw .malformed("a stream is too long") }
            // bounded: the length is at least 0, and ends before the table.
            stream = lexer.position..<(lexer.position + length)
            lexer.skip(length)
            _ = lexer.take("\n")
            guard lexer.take("endstream") else { throw .malformed("a stream does not end where it says") }
            lexer.skipSpace()
        }
        guard lexer.take("endobj\n") else { throw .malformed("an object does not end where it should") }
        // bounded: a lexer only goes forward.
        return PDFIndirectObject(number: number, value: value, stream: stream, extent: start..<lexer.position)
    }

    /// A stream's length, which cairo writes as an object of its own.
    private static func length(
        _ value: PDFObject?, _ bytes: [UInt8], _ table: CrossReferences
    ) throws(PDFProblem) -> Int {
        if let length = value?.integer, length >= 0 { return length }
        guard let number = value?.reference, table.offsets.indices.contains(number) else {
            throw .malformed("a stream has no length")
        }
        var lexer = PDFLexer(bytes, at: table.offsets[number])
        guard try lexer.unsignedInteger() == number, lexer.take(" 0 obj\n") else {
            throw .malformed("an object is not where the table says")
        }
        lexer.skipSpace()
        return try lexer.unsignedInteger()
    }
}

/// The table of where objects stand, with the trailer (ISO 32000 §7.5.4 and 5).
struct CrossReferences {
    /// By object number; that of number 0 means nothing.
    let offsets: [Int]
    let trailer: PDFDictionary
    /// Where the table begins.
    let position: Int

    private static let entryByteCount = 20
    private static let mostObjects = 4096

    init(_ bytes: [UInt8], end: Int) throws(PDFProblem) {
        position = try Self.position(bytes, end: end)
        var lexer = PDFLexer(bytes, at: position)
        guard lexer.take("xref\n0 "), case let count = try lexer.unsignedInteger(), count > 1, lexer.take("\n"),
            count <= (bytes.count - lexer.position) / Self.entryByteCount
        else { throw .malformed("it has no plain cross-reference table") }
        guard count <= Self.mostObjects else { throw .malformed("it has too many objects") }
        var offsets: [Int] = []
        offsets.reserveCapacity(count)
        for number in 0..<count {
            let offset = try lexer.unsignedInteger()
            let isWellFormed = number == 0 ? lexer.take(" 65535 f \n") : lexer.take(" 00000 n \n")
            // Objects stand before the table.
            guard isWellFormed, number == 0 || offset < position else {
                throw .malformed("its cross-reference table has gaps")
            }
            offsets.append(offset)
        }
        lexer.skipSpace()
        guard lexer.take("trailer"), case .dictionary(let trailer) = try lexer.object(),
            trailer["Size"]?.integer == count, trailer["Prev"] == nil, trailer["XRefStm"] == nil,
            trailer["Encrypt"] == nil
        else { throw .malformed("its trailer is not that of one plain revision") }
        lexer.skipSpace()
        guard lexer.take("startxref\n"), try lexer.unsignedInteger() == position, lexer.take("\n%%EOF"),
            lexer.take("\n") || lexer.isAtEnd, lexer.position == end
        else { throw .malformed("it does not end as it should") }
        (self.offsets, self.trailer) = (offsets, trailer)
    }

    /// The number that stands between the last `startxref` and `%%EOF`.
    private static func position(_ bytes: [UInt8], end: Int) throws(PDFProblem) -> Int {
        // bounded: the revision ends within the file.
        let tail = Array(bytes[max(0, end - 40)..<end])
        let keyword = Array("startxref\n".utf8)
        let start = tail.indices.last { tail[$0...].starts(with: keyword) }
        guard let start else { throw .malformed("it does not end as it should") }
        var lexer = PDFLexer(tail, at: start + keyword.count)
        let position = try lexer.unsignedInteger()
        guard position < end else { throw .malformed("its cross-reference table lies outside of it") }
        return position
    }
}
