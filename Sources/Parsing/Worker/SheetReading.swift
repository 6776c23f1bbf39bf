import Files
import FoundationEssentials
import Results
import Spreadsheets

/// A sheet of results, read by a worker run by run, as often as it is asked to.
final class SheetReading {
    private let sheet: ResultSheet
    private var reader: SheetReader

    /// Loads what conversions need, as nothing can be loaded later.
    static func prepare() { SheetEncoding.prepare() }

    init(_ file: InputFile, chunkRows: Int) throws {
        sheet = try ResultSheet(file, name: "", chunkRows: chunkRows)
        reader = sheet.reader()
    }

    func outline() throws -> [UInt8] { Array(try JSONEncoder().encode(sheet.outline)) }

    func rewind() { reader = sheet.reader() }

    func answer() {
        do {
            guard let chunk = try reader.nextChunk() else { return ParsingWorker.send(.end) }
            var writer = WireWriter()
            for number in [chunk.index, chunk.table, chunk.firstRow, chunk.rowCount] { writer.append(number) }
            ParsingWorker.send(.rows, chunk.bytes, trailer: writer.bytes)
        } catch {
            ParsingWorker.send(.refusal, RefusalCode.bytes(of: error))
        }
    }
}
