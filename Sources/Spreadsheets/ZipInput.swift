import CZip
import Files
import Glibc

/// An ``InputFile`` as libzip reads it: by position, and never to be written.
final class ZipInput {
    private let file: InputFile
    private var position = 0

    private init(_ file: InputFile) { self.file = file }

    /// Owned by the archive that is opened from it.
    static func source(_ file: InputFile) -> OpaquePointer? {
        // Released by the command ZIP_SOURCE_FREE, the last that libzip gives.
        let input = Unmanaged.passRetained(ZipInput(file))
        var error = zip_error_t()
        guard let source = zip_source_function_create(answer, input.toOpaque(), &error) else {
            input.release()
            return nil
        }
        return source
    }

    private static let answer: zip_source_callback = { user, data, length, command in
        // What source(_:) gave.
        // bounded: libzip hands back what source(_:) gave.
        let input = Unmanaged<ZipInput>.fromOpaque(user!)
        if command == ZIP_SOURCE_FREE {
            input.release()
            return 0
        }
        return input.takeUnretainedValue().answer(command, data, Int(clamping: length))
    }

    private func answer(_ command: zip_source_cmd_t, _ data: UnsafeMutableRawPointer?, _ length: Int) -> Int64 {
        switch command {
        case ZIP_SOURCE_OPEN:
            position = 0
            return 0
        case ZIP_SOURCE_READ:
            guard let count = try? file.read(at: position, into: .init(start: data, count: length)) else { return -1 }
            position += count
            // bounded: both have 64 bits.
            return Int64(count)
        case ZIP_SOURCE_SEEK:
            var error = zip_error_t()
            let offset = zip_source_seek_compute_offset(
                zip_uint64_t(position), zip_uint64_t(file.size), data, zip_uint64_t(length), &error)
            guard offset >= 0, let place = Int(exactly: offset) else { return -1 }
            position = place
            return 0
        // bounded: both have 64 bits.
        case ZIP_SOURCE_TELL: return Int64(position)
        case ZIP_SOURCE_STAT:
            guard let data, length >= MemoryLayout<zip_stat_t>.size else { return -1 }
            let status = data.assumingMemoryBound(to: zip_stat_t.self)
            zip_stat_init(status)
            status.pointee.size = zip_uint64_t(file.size)
            status.pointee.valid |= zip_uint64_t(ZIP_STAT_SIZE)
            return Int64(MemoryLayout<zip_stat_t>.size)
        case ZIP_SOURCE_ERROR:
            guard let data, length >= 2 * MemoryLayout<Int32>.size else { return -1 }
            data.storeBytes(of: ZIP_ER_READ, as: Int32.self)
            data.storeBytes(of: EIO, toByteOffset: MemoryLayout<Int32>.size, as: Int32.self)
            return Int64(2 * MemoryLayout<Int32>.size)
        case ZIP_SOURCE_CLOSE: return 0
        case ZIP_SOURCE_SUPPORTS: return Self.supported
        default: return -1
        }
    }

    private static let supported = [
        ZIP_SOURCE_OPEN, ZIP_SOURCE_READ, ZIP_SOURCE_CLOSE, ZIP_SOURCE_STAT, ZIP_SOURCE_ERROR, ZIP_SOURCE_FREE,
        ZIP_SOURCE_SEEK, ZIP_SOURCE_TELL, ZIP_SOURCE_SUPPORTS,
        // bounded: constants below 64.
    ].reduce(Int64(0)) { $0 | 1 << Int64($1.rawValue) }
}
