import Files
import Glibc
import Hummingbird
import NIOCore

/// Bodies of answers that may be large: written in pieces, the next when the one before has gone out, so that a slow
/// reader holds up the reading and not the server's memory.
package enum AnswerBody {
    package static let pieceByteCount = 64 << 10

    /// A file as it is now; it may be removed meanwhile.
    ///
    /// - Parameter eventLoop: of the connection. A piece is read when it has seen the one before: only then is it known
    ///   whether the client takes more.
    package static func file(_ path: String, on eventLoop: any EventLoop) throws -> ResponseBody {
        let file = try OpenFile(path)
        return ResponseBody(contentLength: file.byteCount) { writer in
            var offset = 0
            while offset < file.byteCount {
                let piece = try file.bytes(at: offset, upTo: min(pieceByteCount, file.byteCount - offset))
                offset += piece.readableBytes
                try await writer.write(piece)
                try await eventLoop.submit {}.get()
            }
            try await writer.finish(nil)
        }
    }

    /// - Throws: ``Problem/busy`` when answers hold too much already.
    package static func bytes(_ bytes: [UInt8], _ memory: MemoryBudget) throws -> ResponseBody {
        var buffer = ByteBuffer(bytes: bytes)
        guard bytes.count > MemoryBudget.smallByteCount else { return ResponseBody(byteBuffer: buffer) }
        let lease = memory.lease()
        guard lease.grow(to: bytes.count) else { throw Problem.busy }
        // Of one memory: nothing is copied.
        var pieces: [ByteBuffer] = []
        while let piece = buffer.readSlice(length: min(pieceByteCount, buffer.readableBytes)), piece.readableBytes > 0 {
            pieces.append(piece)
        }
        let all = pieces
        return ResponseBody(contentLength: bytes.count) { writer in
            for piece in all { try await writer.write(piece) }
            withExtendedLifetime(lease) {}
            try await writer.finish(nil)
        }
    }

    private final class OpenFile: Sendable {
        let byteCount: Int
        private let path: String
        private let descriptor: Int32

        init(_ path: String) throws {
            self.path = path
            descriptor = open(path, O_RDONLY | O_CLOEXEC)
            guard descriptor >= 0 else { throw DurableFile.failure(.open, path) }
            var status = stat()
            guard fstat(descriptor, &status) == 0 else {
                close(descriptor)
                throw DurableFile.failure(.read, path)
            }
            byteCount = Int(status.st_size)
        }

        deinit { close(descriptor) }

        func bytes(at offset: Int, upTo count: Int) throws -> ByteBuffer {
            var buffer = ByteBuffer()
            let read = buffer.writeWithUnsafeMutableBytes(minimumWritableBytes: count) { bytes in
                max(0, pread(descriptor, bytes.baseAddress, count, off_t(offset)))
            }
            guard read > 0 else { throw DurableFile.failure(.read, path) }
            return buffer
        }
    }
}
