import CSandbox
import Files
import Glibc
import PDFSignature
import Photos
import Results
import Signing
import Spreadsheets

/// What workers tell of single files.
extension ParsingPool {
    /// For small tables, which may have 64 MiB.
    private static let tableSeconds = 90

    /// The texts of the QR codes in a picture.
    ///
    /// - Throws: ``PhotoReader/Problem``, or a ``ParsingFailure``.
    package func qrTexts(inPicture bytes: [UInt8]) throws -> [String] {
        guard bytes.count <= PhotoReader.maximumByteCount else { throw PhotoReader.Problem(.tooLarge) }
        return try texts(answer(.pictures, ParsingRequest(.picture), try MemoryFile.of(bytes), within: seconds))
    }

    /// The pixels of a JPEG or PNG file.
    ///
    /// - Throws: ``PhotoReader/Problem``, or a ``ParsingFailure``.
    package func decodedPicture(_ bytes: [UInt8], for use: PictureUse) throws -> DecodedPicture {
        guard bytes.count <= PictureDecoder.maximumByteCount else { throw PhotoReader.Problem(.tooLarge) }
        let numbers = use.numbers
        let content = try answer(
            .pictures, ParsingRequest(.pixels, numbers.width, numbers.height), try MemoryFile.of(bytes),
            within: seconds)
        return try noting {
            let picture = try DecodedPicture(content, whole: ())
            guard picture.fits(use) else { throw ParsingFailure.brokenAnswer }
            return picture
        }
    }

    /// The texts of the QR codes on a PDF's pages, whoever wrote it.
    ///
    /// - Throws: ``PhotoReader/Problem``, or a ``ParsingFailure``.
    package func qrTexts(onPagesOf bytes: [UInt8]) throws -> [String] {
        try texts(answer(.pages, ParsingRequest(.pageCodes), try MemoryFile.of(bytes), within: seconds))
    }

    private func texts(_ content: [UInt8]) throws -> [String] {
        try noting {
            var reader = WireReader(content)
            let texts = try reader.texts()
            try reader.end()
            return texts
        }
    }

    /// - Throws: ``PDFProblem``, or a ``ParsingFailure``.
    package func signedDocument(_ bytes: [UInt8]) throws -> SignedPDF {
        let content = try answer(
            .documents, ParsingRequest(.document), try MemoryFile.of(bytes), within: seconds)
        return try noting { try SignedPDF(content, whole: ()) }
    }

    /// Whether an archive is a workbook.
    ///
    /// - Throws: ``WorkbookProblem``, or a ``ParsingFailure``.
    package func isWorkbook(_ file: InputFile) throws -> Bool {
        try answer(.kinds, ParsingRequest(.isWorkbook), file, within: seconds) == [1]
    }

    /// Header and rows of a small table, as ``CSVTable``, or of a list, as ``ListTable``.
    ///
    /// - Throws: ``SheetProblem``, or a ``ParsingFailure``.
    package func table(
        _ file: InputFile, mostRows: Int = .max, isList: Bool = false
    ) throws -> (header: [String], rows: [(row: Int, cells: [String])]) {
        enter(.tables)
        defer { leave(.tables) }
        return try noting {
            let worker = try worker(.tables)
            let content = try worker.ask(
                ParsingRequest(isList ? .list : .table, mostRows), file, within: Self.tableSeconds)
            var reader = WireReader(content)
            let header = try reader.texts()
            var rows: [(row: Int, cells: [String])] = []
            while case let frame = try worker.nextFrame(within: Self.tableSeconds), frame.kind == .rows {
                try Self.append(frame.content, width: header.count, to: &rows)
            }
            worker.isDone()
            keep(worker, .tables)
            return (header, rows)
        }
    }

    private static func append(
        _ content: [UInt8], width: Int, to rows: inout [(row: Int, cells: [String])]
    ) throws(ParsingFailure) {
        var reader = WireReader(content)
        for _ in 0..<(try reader.count(ofAtLeast: 16)) {
            let row = try reader.integer()
            let cells = try reader.texts()
            guard cells.count == width else { throw .brokenAnswer }
            rows.append((row, cells))
        }
        try reader.end()
    }
}

/// Bytes of this process as a file that another can read.
enum MemoryFile {
    static func of(_ bytes: [UInt8]) throws -> InputFile {
        let descriptor = sandbox_memory_file()
        guard descriptor >= 0 else { throw ParsingFailure.unavailable }
        var done = 0
        while done < bytes.count {
            let count = bytes.withUnsafeBytes { write(descriptor, $0.baseAddress?.advanced(by: done), $0.count - done) }
            guard count > 0 else {
                close(descriptor)
                throw ParsingFailure.unavailable
            }
            done += count
        }
        return try InputFile(takingOwnershipOf: descriptor)
    }
}
