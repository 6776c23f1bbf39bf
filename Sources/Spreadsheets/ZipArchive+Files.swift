import CZip
import Glibc

/// An archive as a folder of files, in the order in which it lists them.
extension ZipArchive {
    package struct File: Sendable {
        /// As the archive has it, in whatever encoding its maker used.
        package let name: [UInt8]
        fileprivate let index: zip_uint64_t
    }

    /// Without folders.
    package var files: [File] {
        (0..<max(0, zip_get_num_entries(archive, 0))).compactMap { index in
            guard let name = zip_get_name(archive, zip_uint64_t(index), zip_flags_t(ZIP_FL_ENC_RAW)) else { return nil }
            let bytes = Array(UnsafeRawBufferPointer(start: name, count: strlen(name)))
            guard let last = bytes.last, last != UInt8(ascii: "/") else { return nil }
            return File(name: bytes, index: zip_uint64_t(index))
        }
    }

    /// The whole content; more than `longest` bytes are a ``WorkbookProblem/Code/tooLarge``.
    package func bytes(of file: File, longest: Int) throws(WorkbookProblem) -> [UInt8] {
        let part = try open(file.index, "", longest: longest)
        var bytes: [UInt8] = []
        while let block = try part.next() { bytes.append(contentsOf: block) }
        return bytes
    }
}
