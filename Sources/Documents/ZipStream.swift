import CArchive
import Errors

/// A ZIP archive written from beginning to end, which what it is written to need not be able to seek in.
/// Files are stored, not compressed: PDFs are already.
package final class ZipStream {
    private let archive: OpaquePointer
    private let sink = ByteSink()

    package init() throws(PrintingError) {
        guard let archive = archive_write_new() else { throw PrintingError(.library, zh: "内存不足", en: "out of memory") }
        self.archive = archive
        archive_write_set_format_zip(archive)
        archive_write_zip_set_compression_store(archive)
        // Names are marked as UTF-8, so that every system shows them alike.
        archive_write_set_options(archive, "zip:hdrcharset=UTF-8")
        archive_write_set_bytes_per_block(archive, 0)
        // The sink lives as long as the stream.
        let client = Unmanaged.passUnretained(sink).toOpaque()
        guard archive_write_open(archive, client, nil, ByteSink.write, nil) == ARCHIVE_OK else { throw failure() }
    }

    deinit { archive_write_free(archive) }

    /// - Parameter time: seconds since 1970.
    package func add(_ name: String, _ bytes: [UInt8], time: Int) throws(PrintingError) {
        guard let entry = archive_entry_new() else { throw PrintingError(.library, zh: "内存不足", en: "out of memory") }
        defer { archive_entry_free(entry) }
        archive_entry_set_pathname_utf8(entry, name)
        archive_entry_set_filetype(entry, UInt32(S_IFREG))
        archive_entry_set_perm(entry, 0o644)
        archive_entry_set_size(entry, Int64(bytes.count))
        archive_entry_set_mtime(entry, time, 0)
        guard archive_write_header(archive, entry) == ARCHIVE_OK,
            archive_write_data(archive, bytes, bytes.count) == bytes.count
        else { throw failure() }
    }

    /// Writes the directory; nothing can be added afterwards.
    package func finish() throws(PrintingError) {
        guard archive_write_close(archive) == ARCHIVE_OK else { throw failure() }
    }

    /// What was written since the last time.
    package func take() -> [UInt8] {
        defer { sink.bytes.removeAll(keepingCapacity: true) }
        return sink.bytes
    }

    private func failure() -> PrintingError {
        let reason = archive_error_string(archive).map { String(cString: $0) } ?? "the archive failed"
        return PrintingError(.library, zh: "打包出错：\(reason)", en: reason)
    }
}

private final class ByteSink {
    fileprivate var bytes: [UInt8] = []

    fileprivate static let write:
        @convention(c) (
            OpaquePointer?, UnsafeMutableRawPointer?, UnsafeRawPointer?, Int
        ) -> Int = { _, client, data, count in
            // Set by the stream, which keeps the sink.
            let sink = Unmanaged<ByteSink>.fromOpaque(client!).takeUnretainedValue()
            sink.bytes.append(contentsOf: UnsafeRawBufferPointer(start: data, count: count))
            return count
        }
}
