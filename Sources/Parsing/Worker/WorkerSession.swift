import CSandbox
import Files
import PDFSignature
import Pages
import Photos
import Results
import Seal
import Spreadsheets

/// What a worker knows between two requests: the file it is asked about entry by entry, or run by run.
struct WorkerSession {
    private var archive: ArchiveReading?
    private var sheet: SheetReading?

    /// Whether nobody can ask about an earlier file.
    var isIdle: Bool { archive == nil && sheet == nil }

    /// What one request may cost. Long files are asked about in parts.
    func processorSeconds(for kind: ParsingRequest.Kind) -> UInt64 {
        switch kind {
        case .picture, .pixels, .document, .entry, .isWorkbook: 3
        case .pageCodes: 4
        case .archive: 5
        case .table, .list, .sheet, .rewind: 60
        case .rows: 30
        }
    }

    mutating func answer(_ request: ParsingRequest, _ file: InputFile?) {
        switch (request.kind, file) {
        case (.picture, let file?):
            // The next pictures need as much, and a worker that reads them reads nothing else.
            sandbox_keep_memory()
            Self.answer { try Self.picture(file) }
        case (.pixels, let file?):
            Self.answer { try Self.pixels(file, PictureUse(request.first, request.second)) }
        case (.pageCodes, let file?): Self.answer { try Self.pageCodes(file) }
        case (.document, let file?): Self.answer { try Self.document(file) }
        case (.isWorkbook, let file?): Self.answer { try ArchiveReading.isWorkbook(file) }
        case (.table, let file?): TableReading.answer(file, mostRows: request.first, isList: false)
        case (.list, let file?): TableReading.answer(file, mostRows: request.first, isList: true)
        case (.archive, let file?):
            archive = nil
            Self.answer {
                let opened = try ArchiveReading(file, mostFiles: request.first, longest: request.second)
                archive = opened
                return opened.listing
            }
        case (.entry, nil): Self.answer { try archive?.content(at: request.first) }
        case (.sheet, let file?):
            sheet = nil
            Self.answer {
                let opened = try SheetReading(file, chunkRows: request.first)
                sheet = opened
                return try opened.outline()
            }
        case (.rewind, nil): sheet?.rewind()
        case (.rows, nil): sheet?.answer()
        default: break
        }
    }

    /// Sends a value, or why there is none.
    static func answer(_ value: () throws -> [UInt8]?) {
        do {
            if let value = try value() { ParsingWorker.send(.value, value) }
        } catch {
            ParsingWorker.send(.refusal, RefusalCode.bytes(of: error))
        }
    }

    private static func picture(_ file: InputFile) throws -> [UInt8] {
        let bytes = try file.read(at: 0, count: min(file.size, PhotoReader.maximumByteCount + 1))
        var writer = WireWriter()
        writer.append(try PhotoReader.texts(in: bytes, until: UnverifiedSeal.isDecodable))
        return writer.bytes
    }

    private static func pixels(_ file: InputFile, _ use: PictureUse) throws -> [UInt8] {
        let bytes = try file.read(at: 0, count: min(file.size, PictureDecoder.maximumByteCount + 1))
        var writer = WireWriter()
        writer.append(try PictureDecoder.decode(bytes, for: use))
        return writer.bytes
    }

    private static func pageCodes(_ file: InputFile) throws -> [UInt8] {
        let bytes = try file.read(at: 0, count: min(file.size, SignedPDF.maximumByteCount + 1))
        var writer = WireWriter()
        writer.append(try PageCodes.texts(in: bytes, until: UnverifiedSeal.isDecodable))
        return writer.bytes
    }

    private static func document(_ file: InputFile) throws -> [UInt8] {
        let bytes = try file.read(at: 0, count: min(file.size, SignedPDF.maximumByteCount + 1))
        var writer = WireWriter()
        writer.append(try SignedPDF(bytes))
        return writer.bytes
    }
}
