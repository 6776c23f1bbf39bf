import Files
import Results
import Spreadsheets

/// An archive of PDFs and pictures, opened by a worker.
final class ArchiveReading {
    private let archive: ZipArchive
    private let files: [(name: String, file: ZipArchive.File)]
    private let longest: Int

    /// - Parameters:
    ///   - mostFiles: there may be twice as many, as systems add some of their own.
    ///   - longest: bytes of one file, inflated.
    init(_ file: InputFile, mostFiles: Int, longest: Int) throws {
        var bounds = ZipArchive.Limits()
        bounds.parts = mostFiles.multipliedReportingOverflow(by: 2).partialValue
        // PDFs and photos are compressed already.
        bounds.lengthWithoutRatio = 1 << 20
        archive = try ZipArchive(file, limits: bounds)
        files = archive.files.map { (LegacyText.decode($0.name), $0) }
        self.longest = longest
    }

    /// The names of its files, in its order.
    var listing: [UInt8] {
        var writer = WireWriter()
        writer.append(files.map(\.name))
        return writer.bytes
    }

    func content(at place: Int) throws -> [UInt8]? {
        guard files.indices.contains(place) else { return nil }
        return try archive.bytes(of: files[place].file, longest: longest)
    }

    static func isWorkbook(_ file: InputFile) throws -> [UInt8] {
        // Files of Numbers and Pages are refused by whoever reads workbooks, in words.
        let archive = try ZipArchive(file)
        let names = ["[Content_Types].xml", "Index/Document.iwa", "Index.zip"]
        return [names.contains(where: archive.contains) ? 1 : 0]
    }
}
