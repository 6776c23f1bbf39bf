import Errors
import Files
import Foundation
import PDFSignature
import Photos
import Rendering
import Results
import Spreadsheets
import TestSupport
import Testing

@testable import Parsing

@Suite struct PoolTests {
    private let pool = ParsingPool(arguments: [Products.signet, ParsingPool.command], seconds: 60)
    private let folder: TemporaryDirectory

    init() throws { folder = try TemporaryDirectory() }

    private func file(_ bytes: some Sequence<UInt8>, _ name: String = "file") throws -> String {
        let path = folder.path + "/" + name
        try Data(bytes).write(to: URL(filePath: path))
        return path
    }

    @Test("codes in pictures are read, and pictures that are none are refused by the reader's own problem")
    func pictures() throws {
        let text = "https://verify.example.cn/c#20260710"
        #expect(try pool.qrTexts(inPicture: QRSymbol(text: text).png()) == [text])
        #expect(throws: PhotoReader.Problem(.unknownFormat)) { try pool.qrTexts(inPicture: Array("text".utf8)) }
        #expect(throws: PhotoReader.Problem(.damaged)) {
            try pool.qrTexts(inPicture: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A, 1, 2, 3])
        }
        #expect(pool.failureCount == 0)
    }

    @Test("documents that are none are refused by the reader's own problem")
    func documents() throws {
        #expect(throws: PDFProblem(.damaged, zh: "", en: "")) { try pool.signedDocument(Array("%PDF-1.7\n".utf8)) }
        #expect(pool.failureCount == 0)
    }

    @Test("tables come as they are read here")
    func tables() throws {
        let rows = (1...2500).map { "\($0),\"王,\($0)\"\r\n" }.joined()
        let path = try file(("number,name\r\n" + rows).utf8)
        let (header, read) = try pool.table(InputFile(path: path))
        let direct = try CSVTable.read(path: path)
        #expect(header == direct.header && read.map(\.row) == direct.rows.map(\.row))
        #expect(read.map(\.cells) == direct.rows.map(\.cells) && read.count == 2500)
        #expect(throws: SheetProblem(.empty, zh: "", en: "")) { try pool.table(MemoryFile.of([])) }
    }

    @Test("sheets of results come chunk by chunk as they are read here, and again from the first row on")
    func sheets() throws {
        var sheet = SampleSheet()
        for number in 1...230 { sheet.append(SampleSheet.sound(number)) }
        let text = sheet.lines.joined(separator: "\n")
        let encodings: [String.Encoding] = [.utf8, .utf16]
        for encoding in encodings {
            let path = try file(try #require(text.data(using: encoding)), "results.csv")
            let direct = try ResultSheet(path: path, chunkRows: 50)
            let remote = try ResultSheet(path: path, chunkRows: 50, pool)
            #expect(remote.encoding == direct.encoding && remote.findings == direct.findings)
            let expected = try chunks(direct)
            #expect(expected.count == 5)
            #expect(try chunks(remote) == expected)
            // Left in the middle, and begun again.
            var left = remote.reader()
            _ = try left.nextChunk()
            #expect(try chunks(remote) == expected)
            #expect(try left.nextChunk()?.bytes == expected[1])
        }
        #expect(throws: SheetProblem(.noHeader, zh: "", en: "")) {
            _ = try ResultSheet(path: try file("a,b\n1,2\n".utf8), pool)
        }
        #expect(pool.failureCount == 0)
    }

    private func chunks(_ sheet: ResultSheet) throws -> [[UInt8]] {
        var reader = sheet.reader()
        var chunks: [[UInt8]] = []
        while let chunk = try reader.nextChunk() { chunks.append(chunk.bytes) }
        return chunks
    }

    @Test("archives are opened, and their files come one by one")
    func archives() throws {
        var zip = StoredZip()
        zip.add("a.pdf", Array("%PDF-1.7".utf8))
        zip.add("b.txt", Array("hello".utf8))
        let opened = try OpenedArchive(InputFile(path: file(zip.bytes)), mostFiles: 10, longest: 7, pool)
        #expect(opened.names == ["a.pdf", "b.txt"])
        #expect(throws: WorkbookProblem(.tooLarge)) { try opened.content(at: 0) }
        #expect(try opened.content(at: 1) == Array("hello".utf8))
        #expect(throws: WorkbookProblem(.damaged)) {
            _ = try OpenedArchive(MemoryFile.of(Array("PK\u{3}\u{4} no archive".utf8)), mostFiles: 9, longest: 9, pool)
        }
    }

    @Test("what a file is can be told while as many archives are open as can be", .timeLimit(.minutes(2)))
    func kinds() throws {
        var zip = StoredZip()
        zip.add("a.pdf", Array("%PDF-1.7".utf8))
        let path = try file(zip.bytes)
        let open = try (0..<pool.width).map { _ in
            try OpenedArchive(InputFile(path: path), mostFiles: 10, longest: 7, pool)
        }
        #expect(try !pool.isWorkbook(InputFile(path: path)))
        #expect(open.count == pool.width)
        withExtendedLifetime(open) {}
    }

    @Test("a worker that is killed fails one file, and the next has a new one")
    func killed() throws {
        #expect(throws: PDFProblem.self) { try pool.signedDocument(Array("%PDF-".utf8)) }
        // At rest: nobody notices.
        let rested = try pool.worker(.documents)
        kill(rested.pid, SIGKILL)
        usleep(100_000)
        pool.keep(rested, .documents)
        #expect(throws: PDFProblem.self) { try pool.signedDocument(Array("%PDF-".utf8)) }
        #expect(pool.failureCount == 0)
        // At work.
        let worker = try pool.worker(.documents)
        kill(worker.pid, SIGSTOP)
        try worker.send(ParsingRequest(.document), MemoryFile.of(Array("%PDF-".utf8)))
        kill(worker.pid, SIGKILL)
        #expect(throws: ParsingFailure.ended(signal: SIGKILL)) { try worker.nextFrame(within: 60) }
        #expect(throws: PDFProblem.self) { try pool.signedDocument(Array("%PDF-".utf8)) }
    }
}

@Suite struct ImpostorTests {
    private func pool(_ kind: String) -> ParsingPool {
        let script = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "impostor.py").path
        return ParsingPool(arguments: ["/usr/bin/env", "python3", script, kind], seconds: kind == "silent" ? 2 : 60)
    }

    @Test(
        "an answer that is none is believed in nothing",
        arguments: [
            ("silent", ParsingFailure.tooSlow), ("gone", .ended(signal: 0)), ("trapped", .ended(signal: SIGILL)),
            ("endless", .brokenAnswer), ("unknown", .brokenAnswer), ("counts", .brokenAnswer),
            ("negative", .brokenAnswer), ("text", .brokenAnswer), ("longer", .brokenAnswer),
            ("behind", .brokenAnswer), ("refusal", .brokenAnswer),
        ])
    func broken(_ kind: String, _ expected: ParsingFailure) throws {
        let pool = pool(kind)
        #expect(throws: expected) { try pool.qrTexts(inPicture: [0x89, 0x50]) }
        #expect(throws: expected) { try pool.qrTexts(inPicture: [0x89, 0x50]) }
        #expect(pool.failureCount == 2)
    }

    @Test(
        "pixels are as many as they say, and no more than were asked for",
        arguments: ["trapped", "counts", "negative", "longer", "pixels-few", "pixels-many", "pixels-large"])
    func pixels(_ kind: String) throws {
        let expected: ParsingFailure = kind == "trapped" ? .ended(signal: SIGILL) : .brokenAnswer
        #expect(throws: expected) { try pool(kind).decodedPicture([0x89, 0x50], for: .screen(width: 4)) }
    }

    @Test("control: sound pixels are taken")
    func soundPixels() throws {
        #expect(try pool("pixels").decodedPicture([0x89, 0x50], for: .screen(width: 4)).bytes.count == 12)
    }

    @Test("a table's rows are as wide as its header")
    func wide() throws {
        #expect(throws: ParsingFailure.brokenAnswer) { try pool("wide").table(MemoryFile.of([1])) }
    }
}
