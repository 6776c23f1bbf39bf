import CSandbox
import Glibc
import Results
import Spreadsheets

/// The process that reads strangers' files. It has no keys, no database and no network; it opens nothing, and ends
/// where a file needs more than it may have. Files come open over a socket, one after the other, and typed answers go
/// back.
package enum ParsingWorker {
    /// Where the socket is.
    package static let socket: Int32 = 3
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
        while let (request, file) = receive() {
            sandbox_allow_processor_seconds(session.processorSeconds(for: request.kind))
            session.answer(request, file)
            if session.isIdle, isWorn { break }
        }
        exit(0)
    }

    /// Whether half of what a process may have is used up: then the next job has a new one.
    private static var isWorn: Bool { UInt64(clamping: clock() / CLOCKS_PER_SEC) > processorSeconds / 2 }

    /// Of a kernel that offers no way to confine a process.
    package static let unconfinedExitCode: Int32 = 3

    private static func receive() -> (ParsingRequest, InputFile?)? {
        var bytes = [UInt8](repeating: 0, count: ParsingRequest.byteCount)
        var descriptor: Int32 = -1
        let count = sandbox_receive(socket, &bytes, bytes.count, &descriptor)
        guard count == bytes.count, let request = ParsingRequest(bytes) else { return nil }
        return (request, descriptor < 0 ? nil : try? InputFile(takingOwnershipOf: descriptor))
    }

    static func send(_ kind: AnswerFrame.Kind, _ content: [UInt8] = []) {
        let frame = AnswerFrame(kind: kind, content: content)
        guard content.count <= AnswerFrame.longest, write(frame.head), write(content) else { exit(1) }
    }

    private static func write(_ bytes: [UInt8]) -> Bool {
        bytes.withUnsafeBytes { bytes in
            var done = 0
            while done < bytes.count {
                let count = Glibc.write(socket, bytes.baseAddress?.advanced(by: done), bytes.count - done)
                guard count > 0 else { return false }
                done += count
            }
            return true
        }
    }
}
