import CZip
import Files

/// An archive opened for reading one part at a time, within limits on what may be inflated.
package final class ZipArchive {
    package struct Limits {
        package var parts = 4096
        /// Of one part, inflated. A full sheet of 1,048,576 rows has about 600 MB.
        package var partLength = 1 << 30
        /// DEFLATE reaches 1,032; sheets of nothing but repeated rows stay below this.
        package var ratio = 250
        /// The ratio is not looked at below this length.
        package var lengthWithoutRatio = 16 << 20

        package init() {}
    }

    let archive: OpaquePointer
    private let limits: Limits
    private let fileSize: Int

    package convenience init(path: String, limits: Limits = Limits()) throws(WorkbookProblem) {
        try self.init(InputFile.workbook(path), limits: limits)
    }

    package init(_ file: InputFile, limits: Limits = Limits()) throws(WorkbookProblem) {
        // Before libzip, which reads all of a directory, and compares its names with each other.
        try ZipDirectory.check(file, mostParts: limits.parts)
        guard let source = ZipInput.source(file) else { throw WorkbookProblem(.damaged) }
        var error = zip_error_t()
        guard let archive = zip_open_from_source(source, ZIP_RDONLY, &error) else {
            zip_source_free(source)
            throw WorkbookProblem(.damaged)
        }
        self.archive = archive
        self.limits = limits
        fileSize = file.size
        guard zip_get_num_entries(archive, 0) <= limits.parts else { throw WorkbookProblem(.tooLarge) }
    }

    deinit { zip_discard(archive) }

    /// Looked up once: an archive is asked for a few parts only.
    private lazy var names = PartNames(archive)

    package func contains(_ name: String) -> Bool { names[name] != nil }

    /// Programs differ in which of two parts of one name they show.
    func refuseDoubledParts() throws(WorkbookProblem) {
        if let name = names.doubled { throw WorkbookProblem(.doubledPart, part: name) }
    }

    /// Hands over a part block by block until `body` returns false.
    ///
    /// - Parameter longest: a limit of this part's own.
    func read(
        _ name: String, longest: Int = .max, _ body: (UnsafeRawBufferPointer) throws(WorkbookProblem) -> Bool
    ) throws(WorkbookProblem) {
        let part = try open(name, longest: longest)
        while let block = try part.next() {
            guard try body(block) else { return }
        }
    }

    func open(_ name: String, longest: Int = .max) throws(WorkbookProblem) -> ZipPart {
        guard let index = names[name] else { throw WorkbookProblem(.damaged, part: name) }
        return try open(index, name, longest: longest)
    }

    func open(_ index: zip_uint64_t, _ name: String, longest: Int) throws(WorkbookProblem) -> ZipPart {
        var status = zip_stat_t()
        guard zip_stat_index(archive, index, 0, &status) == 0 else {
            throw WorkbookProblem(.damaged, part: name)
        }
        guard status.encryption_method == ZIP_EM_NONE else { throw WorkbookProblem(.encrypted, part: name) }
        let limit = min(longest, limits.partLength)
        guard status.size <= limit else { throw WorkbookProblem(.tooLarge, part: name) }
        guard let storedLength = Int(exactly: status.comp_size), storedLength <= fileSize else {
            throw WorkbookProblem(.damaged, part: name)
        }
        guard let file = zip_fopen_index(archive, index, 0) else {
            throw WorkbookProblem(.damaged, part: name)
        }
        return ZipPart(name: name, file: file, archive: self, storedLength: storedLength, limit: limit)
    }

    var ratioLimit: (ratio: Int, lengthWithoutRatio: Int) { (limits.ratio, limits.lengthWithoutRatio) }
}

/// A part that is being read.
final class ZipPart {
    private let name: String
    private let file: OpaquePointer
    /// Must not be closed before the part.
    private let archive: ZipArchive
    private let storedLength: Int
    private let limit: Int
    private let buffer: UnsafeMutableRawBufferPointer
    private var length = 0

    fileprivate init(name: String, file: OpaquePointer, archive: ZipArchive, storedLength: Int, limit: Int) {
        (self.name, self.file, self.archive, self.storedLength, self.limit) = (name, file, archive, storedLength, limit)
        buffer = .allocate(byteCount: 1 << 16, alignment: 8)
    }

    deinit {
        zip_fclose(file)
        buffer.deallocate()
    }

    /// The next inflated bytes, valid until the next call; nil at the end. The sizes that the archive claims
    /// are not trusted: what is inflated is counted.
    func next() throws(WorkbookProblem) -> UnsafeRawBufferPointer? {
        // bounded: both have 64 bits.
        let count = Int(zip_fread(file, buffer.baseAddress, zip_uint64_t(buffer.count)))
        guard count >= 0 else { throw WorkbookProblem(.damaged, part: name) }
        if count == 0 { return nil }
        length += count
        let (ratio, lengthWithoutRatio) = archive.ratioLimit
        let isBomb = length > lengthWithoutRatio && length / max(1, storedLength) > ratio
        guard length <= limit, !isBomb else { throw WorkbookProblem(.tooLarge, part: name) }
        // bounded: libzip reads at most what there is room for.
        return UnsafeRawBufferPointer(rebasing: buffer[..<count])
    }
}

extension InputFile {
    static func workbook(_ path: String) throws(WorkbookProblem) -> InputFile {
        do throws(Failure) {
            return try InputFile(path: path)
        } catch { throw WorkbookProblem(.cannotOpen) }
    }
}
