import Errors
import Files
import Glibc
import Signing

/// What is compared of a row, in 40 bytes. The hashes are keyed with a secret of this process, so that what is
/// put on a disk for a while tells nothing.
struct ComparedRow {
    enum Kind: UInt8 { case certifiable, failed, resit }

    let person: UInt64
    let name: UInt64
    let scope: UInt64
    let content: UInt64
    let row: UInt32
    let kind: Kind
}

/// The rows of a sheet by person, so that those of one person can be looked at together. Past a few hundred
/// thousand rows they are kept in a file without a name, and memory grows no further.
struct ComparedRows: ~Copyable {
    static let portionCount = 64
    /// About 10 MB.
    private static let mostInMemory = 1 << 18

    private var portions: [[ComparedRow]] = Array(repeating: [], count: portionCount)
    private var countInMemory = 0
    /// Where the file has parts of each portion.
    private var stored: [[(offset: Int, count: Int)]] = Array(repeating: [], count: portionCount)
    private var descriptor: Int32 = -1
    private var fileLength = 0
    private let mostInMemory: Int
    private let folder: String

    /// - Parameter folder: for the file; the one for temporary files by default.
    init(mostInMemory: Int = mostInMemory, folder: String? = nil) {
        self.mostInMemory = mostInMemory
        self.folder = folder ?? getenv("TMPDIR").map { String(cString: $0) } ?? "/tmp"
    }

    deinit { if descriptor >= 0 { close(descriptor) } }

    mutating func append(_ row: ComparedRow) throws(IssuanceError) {
        portions[Int(row.person % UInt64(Self.portionCount))].append(row)
        countInMemory += 1
        if countInMemory >= mostInMemory { try store() }
    }

    /// All rows of a share of the persons: first those that are no resits, each kind in the sheet's order.
    func portion(_ index: Int) throws(IssuanceError) -> [ComparedRow] {
        var rows: [ComparedRow] = []
        for part in stored[index] { rows += try read(part) }
        rows += portions[index]
        rows.sort { ($0.kind == .resit ? 1 : 0, $0.row) < ($1.kind == .resit ? 1 : 0, $1.row) }
        return rows
    }

    private mutating func store() throws(IssuanceError) {
        if descriptor < 0 { descriptor = try temporaryFile() }
        for index in portions.indices {
            let length = portions[index].withUnsafeBytes { bytes in
                var written = 0
                while written < bytes.count {
                    let count = pwrite(
                        descriptor, bytes.baseAddress! + written, bytes.count - written, off_t(fileLength + written))
                    guard count > 0 else { return -1 }
                    written += count
                }
                return written
            }
            guard length >= 0 else { throw .temporaryFile() }
            stored[index].append((fileLength, portions[index].count))
            fileLength += length
            portions[index].removeAll(keepingCapacity: true)
        }
        countInMemory = 0
    }

    private func read(_ part: (offset: Int, count: Int)) throws(IssuanceError) -> [ComparedRow] {
        let stride = MemoryLayout<ComparedRow>.stride
        let rows = [ComparedRow](unsafeUninitializedCapacity: part.count) { space, filled in
            let bytes = UnsafeMutableRawBufferPointer(space)
            var got = 0
            while got < part.count * stride {
                let count = pread(
                    descriptor, bytes.baseAddress! + got, part.count * stride - got, off_t(part.offset + got))
                guard count > 0 else { return }
                got += count
            }
            filled = part.count
        }
        guard rows.count == part.count else { throw .temporaryFile() }
        return rows
    }

    /// Has no name: it is gone with this process, however that ends.
    private func temporaryFile() throws(IssuanceError) -> Int32 {
        do { return try TemporaryFile.openUnnamed(in: folder) } catch { throw .temporaryFile() }
    }
}

extension IssuanceError {
    fileprivate static func temporaryFile() -> IssuanceError {
        let reason = BilingualText(systemError: errno)
        return IssuanceError(
            .temporaryFile, zh: "用于比对行的临时文件出错：\(reason.zh)；请腾出空间，或用 TMPDIR 指定其他文件夹，然后重新运行",
            en: "a temporary file for comparing rows failed: \(reason.en); make room, or name another "
                + "folder with TMPDIR, and run again")
    }
}
