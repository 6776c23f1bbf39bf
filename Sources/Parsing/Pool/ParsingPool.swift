import Dispatch
import Files
import Glibc
import Synchronization

/// The workers of a process: started when they are wanted, as many at a time as there are processors for each kind of
/// file, and replaced when one ends. Calls wait for their answers: they belong on threads that may wait.
package final class ParsingPool: Sendable {
    /// What reads pictures or renders pages, in C and C++, never reads documents. To tell what a file is takes a moment,
    /// and does not wait for archives, which are held open for as long as they are read.
    enum Duty: Int, CaseIterable { case kinds, pictures, documents, archives, tables, sheets, pages }

    let width: Int
    /// For a single file to be read, whatever it asks for.
    let seconds: Int
    private let arguments: [String]
    private let idle = Mutex([[WorkerProcess]](repeating: [], count: Duty.allCases.count))
    private let places: [DispatchSemaphore]
    private let failures = Atomic(0)
    private let onFailure: @Sendable (ParsingFailure) -> Void
    /// Workers that have a sheet open and are not reading it now.
    let restingSheets = Mutex<[SheetConnection]>([])

    /// The command by which a program becomes a worker.
    package static let command = "parse-worker"
    package static let ownProgram = ["/proc/self/exe", command]

    /// - Parameters:
    ///   - arguments: the program and its arguments; by default this very program.
    ///   - seconds: for a single file to be read.
    ///   - onFailure: told of each worker that did not do its work.
    package init(
        arguments: [String] = ParsingPool.ownProgram, seconds: Int = 8,
        onFailure: @escaping @Sendable (ParsingFailure) -> Void = { _ in }
    ) {
        self.arguments = arguments
        self.onFailure = onFailure
        self.seconds = seconds
        // bounded: a constant of the system.
        let width = max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN)))
        self.width = width
        places = Duty.allCases.map { _ in DispatchSemaphore(value: width) }
    }

    /// Workers that ended, hung or answered nonsense, since the start.
    package var failureCount: Int { failures.load(ordering: .relaxed) }

    /// A place for a job, to be given back by ``leave(_:)``.
    func enter(_ duty: Duty) { places[duty.rawValue].wait() }

    func leave(_ duty: Duty) { places[duty.rawValue].signal() }

    /// Starts a worker for sheets, which will be wanted soon.
    package func prepareForSheets() {
        if let worker = try? WorkerProcess(arguments) { keep(worker, .sheets) }
    }

    /// A rested worker, or a new one.
    func worker(_ duty: Duty) throws(ParsingFailure) -> WorkerProcess {
        // One that rested may have been ended meanwhile, by itself or by hand.
        // bounded: each turn takes one worker away.
        while let rested = idle.withLock({ $0[duty.rawValue].popLast() }) {
            if rested.isAlive { return rested }
        }
        return try WorkerProcess(arguments)
    }

    /// Asks one worker for one answer.
    func answer(
        _ duty: Duty, _ request: ParsingRequest, _ file: InputFile, within seconds: Int
    ) throws -> [UInt8] {
        enter(duty)
        defer { leave(duty) }
        return try noting {
            let worker = try worker(duty)
            let content = try worker.ask(request, file, within: seconds)
            keep(worker, duty)
            return content
        }
    }

    /// Notes when a worker did not do its work.
    func noting<Answer>(_ body: () throws -> Answer) throws -> Answer {
        do {
            return try body()
        } catch let failure as ParsingFailure {
            failures.add(1, ordering: .relaxed)
            onFailure(failure)
            throw failure
        }
    }

    /// Keeps a worker for the next job; one in the middle of an answer ends.
    func keep(_ worker: WorkerProcess, _ duty: Duty) {
        guard worker.isClean else { return }
        idle.withLock { $0[duty.rawValue].append(worker) }
    }
}
