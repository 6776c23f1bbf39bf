/// What is asked of a worker: one message, with the open file where one goes along.
struct ParsingRequest {
    enum Kind: UInt8 {
        case picture = 1
        case document, table, archive, sheet
        /// Of the file asked about before: a file of the archive, the next rows, the first rows again.
        case entry, rows, rewind
        /// Whether an archive is a workbook.
        case isWorkbook
        /// A table, leniently: a list of certificates.
        case list
        /// The pixels of a picture.
        case pixels
        /// The QR codes on a document's pages.
        case pageCodes
    }

    static let byteCount = 17

    let kind: Kind
    /// By kind: most rows or files; the entry's place; rows in a chunk; most pixels across, or 0 for all.
    var first = 0
    /// By kind: most bytes; most pixels down, or 0 for as many as there are.
    var second = 0

    var bytes: [UInt8] {
        var writer = WireWriter()
        writer.append(first)
        writer.append(second)
        return [kind.rawValue] + writer.bytes
    }

    init(_ kind: Kind, _ first: Int = 0, _ second: Int = 0) {
        (self.kind, self.first, self.second) = (kind, first, second)
    }

    init?(_ bytes: [UInt8]) {
        guard bytes.count == Self.byteCount, let kind = Kind(rawValue: bytes[0]) else { return nil }
        var reader = WireReader(Array(bytes.dropFirst()))
        guard let first = try? reader.integer(), let second = try? reader.integer() else { return nil }
        self.init(kind, first, second)
    }
}
