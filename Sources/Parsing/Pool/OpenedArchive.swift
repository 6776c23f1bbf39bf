import Files

/// An archive that a worker has open. It has the worker for itself until it is let go.
package final class OpenedArchive {
    /// In the archive's order.
    package let names: [String]
    private let pool: ParsingPool
    private var worker: WorkerProcess?
    private let file: InputFile
    private let open: ParsingRequest

    /// - Parameters:
    ///   - mostFiles: a few more may be there, which systems add by themselves.
    ///   - longest: bytes of one file, inflated.
    /// - Throws: ``WorkbookProblem``, or a ``ParsingFailure``.
    package init(_ file: InputFile, mostFiles: Int, longest: Int, _ pool: ParsingPool) throws {
        (self.pool, self.file) = (pool, file)
        let open = ParsingRequest(.archive, mostFiles, longest)
        self.open = open
        pool.enter(.archives)
        do {
            let (worker, names) = try pool.noting {
                let worker = try pool.worker(.archives)
                var reader = WireReader(try worker.ask(open, file, within: pool.seconds))
                return (worker, try reader.texts())
            }
            (self.worker, self.names) = (worker, names)
        } catch {
            pool.leave(.archives)
            throw error
        }
    }

    deinit {
        if let worker { pool.keep(worker, .archives) }
        pool.leave(.archives)
    }

    /// The whole content of a file, by its place among the names.
    ///
    /// - Throws: ``WorkbookProblem``, or a ``ParsingFailure``, after which others of its files can be asked for.
    package func content(at place: Int) throws -> [UInt8] {
        try pool.noting {
            let worker = try self.worker ?? reopened()
            self.worker = nil
            let answer = Result { try worker.ask(ParsingRequest(.entry, place), within: pool.seconds) }
            if worker.isClean { self.worker = worker }
            return try answer.get()
        }
    }

    /// After one of its files ended the worker that had it open.
    private func reopened() throws -> WorkerProcess {
        let worker = try pool.worker(.archives)
        _ = try worker.ask(open, file, within: pool.seconds)
        return worker
    }
}
