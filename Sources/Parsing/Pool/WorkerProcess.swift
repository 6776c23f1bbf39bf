import CSandbox
import Files
import Glibc
import Spreadsheets

/// One worker, as seen from the process that asks it.
// @unchecked Sendable: the pool hands it to one job at a time, and takes it back when that is done.
final class WorkerProcess: @unchecked Sendable {
    let pid: pid_t
    /// The own ends of what ``sandbox_channel`` makes.
    private let questions: Int32
    private let answers: Int32
    private var isReaped = false
    /// Whether an answer is under way: then the worker is of no use to another job.
    private(set) var isClean = true

    /// - Parameter arguments: the program first.
    init(_ arguments: [String]) throws(ParsingFailure) {
        var questions: [Int32] = [-1, -1]
        var answers: [Int32] = [-1, -1]
        guard sandbox_channel(&questions, &answers) == 0 else { throw .unavailable }
        defer {
            close(questions[1])
            close(answers[1])
        }
        do {
            pid = try Self.spawn(arguments, questions[1], answers[1])
        } catch {
            close(questions[0])
            close(answers[0])
            throw error
        }
        (self.questions, self.answers) = (questions[0], answers[0])
    }

    deinit {
        end()
        close(questions)
        close(answers)
    }

    private static func spawn(_ arguments: [String], _ questions: Int32, _ answers: Int32) throws(ParsingFailure)
        -> pid_t
    {
        // Nothing of the own environment, where a passphrase may be. A trap's report would tell what is in memory.
        let environment = ["SWIFT_BACKTRACE=enable=no"]
        var pid = pid_t()
        let failure = withCStrings(arguments) { arguments in
            withCStrings(environment) { sandbox_spawn(arguments, $0, questions, answers, &pid) }
        }
        guard failure == 0 else { throw .unavailable }
        return pid
    }

    private static func withCStrings<Result>(
        _ texts: [String], _ body: (UnsafePointer<UnsafeMutablePointer<CChar>?>?) -> Result
    ) -> Result {
        let pointers: [UnsafeMutablePointer<CChar>?] = texts.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeBufferPointer { body($0.baseAddress) }
    }

    /// - Parameter file: goes along, open.
    func send(_ request: ParsingRequest, _ file: InputFile? = nil) throws(ParsingFailure) {
        isClean = false
        let bytes = request.bytes
        // It stays open until it is sent, whoever else has it.
        let sent = withExtendedLifetime(file) { sandbox_send(questions, bytes, bytes.count, file?.descriptor ?? -1) }
        guard sent == 0 else { throw failure() }
    }

    /// - Parameter seconds: for the whole frame.
    func nextFrame(within seconds: Int) throws(ParsingFailure) -> AnswerFrame {
        let end = Self.now() + seconds * 1000
        let head = try read(AnswerFrame.headByteCount, until: end)
        guard let (kind, count) = AnswerFrame.length(of: head) else { throw .brokenAnswer }
        return AnswerFrame(kind: kind, content: try read(count, until: end))
    }

    /// The one frame that answers a request.
    ///
    /// - Throws: a ``ParsingFailure``, or the problem for which a reader refuses the file.
    func ask(_ request: ParsingRequest, _ file: InputFile? = nil, within seconds: Int) throws -> [UInt8] {
        try send(request, file)
        let frame = try nextFrame(within: seconds)
        guard frame.kind != .rows, frame.kind != .end else { throw ParsingFailure.brokenAnswer }
        isClean = true
        guard frame.kind == .value else { throw RefusalCode.error(frame.content) }
        return frame.content
    }

    /// To be said when an answer of several frames is whole.
    func isDone() { isClean = true }

    var isAlive: Bool {
        var status: Int32 = 0
        guard !isReaped, waitpid(pid, &status, WNOHANG) == pid else { return !isReaped }
        isReaped = true
        return false
    }

    private func read(_ count: Int, until end: Int) throws(ParsingFailure) -> [UInt8] {
        var failure: ParsingFailure?
        let bytes = [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            while filled < count {
                var state = pollfd(fd: answers, events: Int16(POLLIN), revents: 0)
                let ready = poll(&state, 1, Int32(clamping: max(0, end - Self.now())))
                if ready < 0, errno == EINTR { continue }
                guard ready > 0 else {
                    failure = .tooSlow
                    return
                }
                let got = Glibc.read(answers, buffer.baseAddress?.advanced(by: filled), count - filled)
                guard got > 0 else {
                    failure = self.failure()
                    return
                }
                filled += got
            }
        }
        if let failure { throw failure }
        return bytes
    }

    /// Milliseconds on a clock that never goes back.
    private static func now() -> Int {
        var time = timespec()
        clock_gettime(CLOCK_MONOTONIC, &time)
        return time.tv_sec * 1000 + time.tv_nsec / 1_000_000
    }

    /// Why the other end is gone.
    private func failure() -> ParsingFailure {
        let status = end()
        if status & 0x7F != 0 { return .ended(signal: status & 0x7F) }
        return status >> 8 == ParsingWorker.unconfinedExitCode ? .unavailable : .ended(signal: 0)
    }

    /// - Returns: the status by which it ended, as `waitpid` has it.
    @discardableResult
    private func end() -> Int32 {
        guard !isReaped else { return 0 }
        isReaped = true
        var status: Int32 = 0
        // One that is ending by itself has an instant to do so, that its own end may be told.
        var isGone = waitpid(pid, &status, WNOHANG) == pid
        if !isGone, !isClean {
            usleep(20_000)
            isGone = waitpid(pid, &status, WNOHANG) == pid
        }
        if !isGone {
            kill(pid, SIGKILL)
            while waitpid(pid, &status, 0) < 0, errno == EINTR {}
        }
        return status
    }
}
