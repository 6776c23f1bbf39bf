import Files
import Foundation
import PDFSignature
import Photos
import Results
import Spreadsheets
import TestSupport
import Testing

@testable import Parsing

/// Files that cost a careless reader minutes or gigabytes: each is answered by its reader's own words, within what a
/// worker may use, and no worker ends. That one would end is shown by the impostors and the probe.
@Suite(.serialized) struct BombTests {
    private static let bombs = Result {
        let folder = try TemporaryDirectory()
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "bombs.py").path
        let ended = try Command(["python3", script, folder.path]).run()
        try #require(ended.exitCode == 0)
        return folder
    }

    private let pool = ParsingPool(arguments: [Products.signet, ParsingPool.command], seconds: 60)

    private func files(_ ending: String) throws -> [(name: String, file: InputFile)] {
        let folder = try Self.bombs.get().path
        let names = try FileManager.default.contentsOfDirectory(atPath: folder).filter { $0.hasSuffix(ending) }
        #expect(names.count >= 2)
        return try names.sorted().map { ($0, try InputFile(path: "\(folder)/\($0)")) }
    }

    @Test("PDFs that point outside, inflate, nest and count without end")
    func documents() throws {
        for (name, file) in try files(".pdf") {
            let bytes = try file.read(at: 0, count: file.size)
            #expect(throws: PDFProblem.self, "\(name)") { try pool.signedDocument(bytes) }
        }
        #expect(pool.failureCount == 0)
    }

    @Test("pages that draw without end cost their own answer at most")
    func pages() throws {
        let scan = Vectors.directory.appending(path: "verify/office-scan.pdf").path
        let good = try Array(Data(contentsOf: URL(filePath: scan)))
        for (name, file) in try files(".pdf") {
            let bytes = try file.read(at: 0, count: file.size)
            do {
                #expect(try pool.qrTexts(onPagesOf: bytes).isEmpty, "\(name)")
            } catch is ParsingFailure {} catch is PhotoReader.Problem {}
            #expect(try pool.qrTexts(onPagesOf: good).count == 1, "after \(name)")
        }
        // Control: one of them would have gone on.
        #expect(pool.failureCount > 0)
    }

    @Test("archives of names alike, lengths beyond counting and directories that lie")
    func archives() throws {
        for (name, file) in try files(".zip") where name != "marks.zip" {
            #expect(throws: WorkbookProblem.self, "\(name)") {
                let archive = try OpenedArchive(file, mostFiles: 2000, longest: 1 << 20, pool)
                for place in archive.names.indices { _ = try archive.content(at: place) }
            }
        }
        #expect(pool.failureCount == 0)
    }

    @Test("workbooks that hide what is not there, and repeat what is long")
    func workbooks() throws {
        for (name, file) in try files(".xlsx") {
            if name.hasPrefix("long-text") {
                // 25,600 cells with one long text: refused by the row at which that is plain.
                #expect(throws: SheetProblem.self, "\(name)") {
                    var reader = try ResultSheet(file, name: name, pool).reader()
                    while try reader.nextChunk() != nil {}
                }
                continue
            }
            let sheet = try ResultSheet(file, name: name, pool)
            var reader = sheet.reader()
            var (rows, bytes) = (0, 0)
            while let chunk = try reader.nextChunk() {
                (rows, bytes) = (rows + chunk.rowCount, bytes + chunk.bytes.count)
            }
            let expected = name.hasPrefix("blank-rows") ? 1 : 0
            #expect(rows == expected, "\(name)")
            #expect(bytes < 120 << 20, "\(name)")
        }
        #expect(pool.failureCount == 0)
    }

    @Test("pictures that inflate beside their pixels, repeat themselves, or are nothing but corners")
    func pictures() throws {
        for (name, file) in try files(".png") + files(".jpg") {
            let bytes = try file.read(at: 0, count: file.size)
            do {
                #expect(try pool.qrTexts(inPicture: bytes).isEmpty, "\(name)")
            } catch is PhotoReader.Problem {}
            for use in [PictureUse.portrait(width: 295, height: 413), .screen(width: 360), .whole] {
                do {
                    #expect(try pool.decodedPicture(bytes, for: use).fits(use), "\(name)")
                } catch is PhotoReader.Problem {}
            }
        }
        #expect(pool.failureCount == 0)
    }
}
