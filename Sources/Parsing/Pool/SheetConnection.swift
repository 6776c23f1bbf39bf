import Files
import FoundationEssentials
import Results
import Spreadsheets
import Synchronization

extension ResultSheet {
    /// Opened and read by a worker.
    ///
    /// - Parameter name: what the file is called, for what refuses it.
    /// - Throws: ``SheetProblem``: also where a worker did not come to an end.
    package init(
        _ file: InputFile, name: String, chunkRows: Int = defaultChunkRows, _ pool: ParsingPool
    ) throws(SheetProblem) {
        let source = SheetSource(file: file, name: name, chunkRows: chunkRows, pool: pool)
        let connection = try source.connect()
        let outline = connection.outline
        source.rest(connection)
        self.init(outline, rows: source)
    }

    /// Of a file that is in memory.
    package init(_ bytes: [UInt8], name: String, _ pool: ParsingPool) throws(SheetProblem) {
        let file: InputFile
        do { file = try MemoryFile.of(bytes) } catch { throw .unreadable(name) }
        try self.init(file, name: name, pool)
    }

    package init(path: String, chunkRows: Int = defaultChunkRows, _ pool: ParsingPool) throws(SheetProblem) {
        let file: InputFile
        do throws(InputFile.Failure) { file = try InputFile(path: path) } catch { throw .cannotRead(path, error) }
        try self.init(file, name: path, chunkRows: chunkRows, pool)
    }
}

/// A sheet that workers read, as often as it is asked for.
private final class SheetSource: SheetOpener {
    let file: InputFile
    let name: String
    let chunkRows: Int
    let pool: ParsingPool

    init(file: InputFile, name: String, chunkRows: Int, pool: ParsingPool) {
        (self.file, self.name, self.chunkRows, self.pool) = (file, name, chunkRows, pool)
    }

    func open() -> any ChunkSource { RemoteChunks(self) }

    /// The worker that has the sheet open, or one that opens it.
    func connect() throws(SheetProblem) -> SheetConnection {
        let rested = pool.restingSheets.withLock { resting in
            resting.firstIndex { $0.source === file }.map { resting.remove(at: $0) }
        }
        return try worded { try rested ?? SheetConnection(file, chunkRows: chunkRows, pool) }
    }

    /// Keeps a worker for the next reading; those kept longest end.
    func rest(_ connection: SheetConnection) {
        pool.restingSheets.withLock { resting in
            resting.append(connection)
            if resting.count > pool.width { resting.removeFirst() }
        }
    }

    func worded<Answer>(_ body: () throws -> Answer) throws(SheetProblem) -> Answer {
        do {
            return try pool.noting(body)
        } catch let problem as SheetProblem {
            throw problem
        } catch { throw .unreadable(name) }
    }
}

/// A worker that has a sheet open.
// @unchecked Sendable: one reader has it at a time, or the list of those at rest.
final class SheetConnection: @unchecked Sendable {
    /// Chunks asked for ahead, so that the worker is never idle while one is looked at.
    private static let ahead = 2
    private static let openingSeconds = 120
    private static let chunkSeconds = 60
    /// Four numbers behind a chunk's records.
    private static let trailerByteCount = 32

    let source: InputFile
    let outline: SheetOutline
    private let worker: WorkerProcess
    private var asked = 0

    init(_ file: InputFile, chunkRows: Int, _ pool: ParsingPool) throws {
        source = file
        worker = try pool.worker(.sheets)
        let content = try worker.ask(
            ParsingRequest(.sheet, chunkRows), file, within: Self.openingSeconds)
        guard let outline = try? JSONDecoder().decode(SheetOutline.self, from: Data(content)),
            outline.isSound
        else { throw ParsingFailure.brokenAnswer }
        self.outline = outline
    }

    /// Begins with the first row again, whatever was asked for before.
    func rewind() throws {
        while asked > 0 { _ = try frame() }
        try worker.send(ParsingRequest(.rewind))
    }

    /// Nil at the end.
    func next() throws -> SheetChunk? {
        while asked < Self.ahead {
            try worker.send(ParsingRequest(.rows))
            asked += 1
        }
        let frame = try frame()
        switch frame.kind {
        case .end: return nil
        case .rows: return try chunk(frame.content)
        case .refusal: throw RefusalCode.error(frame.content)
        case .value: throw ParsingFailure.brokenAnswer
        }
    }

    private func frame() throws(ParsingFailure) -> AnswerFrame {
        asked -= 1
        return try worker.nextFrame(within: Self.chunkSeconds)
    }

    private func chunk(_ content: consuming [UInt8]) throws(ParsingFailure) -> SheetChunk {
        var bytes = content
        guard bytes.count >= Self.trailerByteCount else { throw .brokenAnswer }
        var reader = WireReader(bytes.suffix(Self.trailerByteCount))
        let numbers = [
            try reader.integer(), try reader.integer(), try reader.integer(), try reader.integer(),
        ]
        bytes.removeLast(Self.trailerByteCount)
        let chunk = SheetChunk(
            index: numbers[0], table: numbers[1], firstRow: numbers[2], rowCount: numbers[3], bytes: bytes)
        guard outline.tables.indices.contains(chunk.table), chunk.isSound(in: outline.tables[chunk.table]) else {
            throw .brokenAnswer
        }
        return chunk
    }
}

/// One reading of a sheet.
private final class RemoteChunks: ChunkSource {
    private let source: SheetSource
    private var connection: SheetConnection?

    init(_ source: SheetSource) { self.source = source }

    deinit { if let connection { source.rest(connection) } }

    func next() throws(SheetProblem) -> SheetChunk? {
        if connection == nil {
            let connection = try source.connect()
            try source.worded { try connection.rewind() }
            self.connection = connection
        }
        do throws(SheetProblem) {
            return try source.worded { try connection?.next() }
        } catch {
            connection = nil
            throw error
        }
    }
}
