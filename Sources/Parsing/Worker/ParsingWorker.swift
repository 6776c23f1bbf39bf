import CSandbox
import Files
import Glibc
import Results
import Spreadsheets

/// The process that reads strangers' files. It has no keys, no database and no network; it opens nothing, and ends
/// where a file needs more than it may have. Files come open over a socket, one after the other, and typed answers go
/// back through a pipe.
package enum ParsingWorker {
    /// Where the socket for questions and the pipe for answers are.
    private static let questions: Int32 = 3
    private static let answers: Int32 = 4
    /// Of the address space: what the largest picture and the largest shared texts of a workbook need.
    static let memory = UInt64(1) << 30
    /// Of one process in all: then it makes room for a new one.
    static let processorSeconds = UInt64(1200)

    /// Answers until the other end of the socket is closed.
    package static func run() -> Never {
        SheetReading.prepare()
        var limits = sandbox_limits(memory: memory, processor_seconds: processorSeconds, descriptors: 16)
        guard sandbox_enter(&limits) > 0 else { exit(ParsingWorker.unconfinedExitCode) }
        var session = WorkerSession()
        while answerNext(&session), !(session.isIdle && isWorn) {}
        exit(0)
    }

    /// - Returns: false when nobody asks any more.
    private static func answerNext(_ session: inout WorkerSession) -> Bool {
        guard let (request, file) = receive() else { return false }
        sandbox_allow_processor_seconds(session.processorSeconds(for: request.kind))
        session.answer(request, file)
        return true
    }

    /// Whether half of what a process may have is used up: then the next job has a new one.
    private static var isWorn: Bool { UInt64(clamping: clock() / CLOCKS_PER_SEC) > processorSeconds / 2 }

    /// Of a kernel that offers no way to confine a process.
    package static let unconfinedExitCode: Int32 = 3

    private static func receive() -> (ParsingRequest, InputFile?)? {
        var bytes = [UInt8](repeating: 0, count: ParsingRequest.byteCount)
        var descriptor: Int32 = -1
        let count = sandbox_receive(questions, &bytes, bytes.count, &descriptor)
        guard count == bytes.count, let request = ParsingRequest(bytes) else { return nil }
        return (request, descriptor < 0 ? nil : try? InputFile(takingOwnershipOf: descriptor))
    }

    /// - Parameter trailer: stands behind the content, so that neither end needs to copy that.
    static func send(_ kind: AnswerFrame.Kind, _ content: [UInt8] = [], trailer: [UInt8] = []) {
        let count = content.count + trailer.count
        guard count <= AnswerFrame.longest, write(AnswerFrame.head(kind, count: count)), write(content), write(trailer)
        else { exit(1) }
    }

    private static func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = Glibc.write(answers, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }
}
