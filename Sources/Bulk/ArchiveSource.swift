import Files
import PDFSignature
import Parsing
import Photos
import Spreadsheets
import Verification

/// The PDFs and photos of a ZIP archive, in its order, inflated a few at a time.
final class ArchiveSource: BulkSource {
    private static let mostFiles = 16
    private static let mostBytes = 16 << 20

    let header = [ResultColumn.file]
    private let archive: OpenedArchive
    private let files: [(place: Int, name: String)]
    private var position = 0
    /// What may still be inflated.
    private var allowance: Int

    var total: Int { files.count }

    init(_ file: InputFile, limits: BulkLimits, _ workers: ParsingPool) throws {
        do {
            archive = try BulkProblem.worded {
                try OpenedArchive(file, mostFiles: limits.files, longest: FileQuestion.longest, workers)
            }
        } catch let problem as BulkProblem where problem == .tooLarge { throw BulkProblem.tooManyRows(limits.files) }
        files = Self.distinct(archive.names).enumerated().map { ($0, $1) }.filter { !Self.isOfSystem($0.name) }
        guard files.count <= limits.files else { throw BulkProblem.tooManyRows(limits.files) }
        guard !files.isEmpty else { throw BulkProblem.empty }
        allowance = limits.archiveByteCount
    }

    func next() throws -> [BulkRow] {
        var rows: [BulkRow] = []
        var held = 0
        while position < files.count, rows.count < Self.mostFiles, held < Self.mostBytes {
            let (place, name) = files[position]
            position += 1
            let (question, count) = try question(place)
            held += count
            rows.append(FileQuestion.row(position, name, question))
        }
        return rows
    }

    private func question(_ place: Int) throws -> (BulkRow.Question, Int) {
        let bytes: [UInt8]
        do {
            bytes = try archive.content(at: place)
        } catch let problem as WorkbookProblem {
            // Each attempt has cost what it may cost.
            try spend(problem.code == .tooLarge ? FileQuestion.longest : 0)
            switch problem.code {
            case .tooLarge: return (.impossible(.fileTooLarge, stated: StatedHolder()), 0)
            case .encrypted: throw BulkProblem.encrypted
            default: return (.impossible(.unreadableFile, stated: StatedHolder()), 0)
            }
        } catch let failure as ParsingFailure where failure != .unavailable {
            try spend(FileQuestion.longest)
            return (.impossible(.unreadableFile, stated: StatedHolder()), 0)
        }
        try spend(bytes.count)
        return (FileQuestion.of(bytes), bytes.count)
    }

    private func spend(_ count: Int) throws {
        allowance -= count
        guard allowance >= 0 else { throw BulkProblem.tooLarge }
    }

    /// An archive may have one name several times: later ones are numbered, so that each answer is known by its file.
    private static func distinct(_ names: [String]) -> [String] {
        var (taken, seen, last) = (Set(names), Set<String>(), [String: Int]())
        return names.map { name in
            guard !seen.insert(name).inserted else { return name }
            var number = last[name] ?? 1
            var other: String
            // bounded: each name that is taken is met once.
            repeat {
                number += 1
                other = "\(name) (\(number))"
            } while taken.contains(other)
            last[name] = number
            taken.insert(other)
            return other
        }
    }

    private static func isOfSystem(_ name: String) -> Bool {
        let base = name.split(separator: "/").last ?? ""
        return name.hasPrefix("__MACOSX/") || base.hasPrefix("._")
            || [".DS_Store", "Thumbs.db", "desktop.ini"].contains(base)
    }
}

/// One PDF or photo by itself.
final class FileSource: BulkSource {
    let header = [ResultColumn.file]
    let total = 1
    private var rows: [BulkRow]

    init(name: String, bytes: [UInt8]) { rows = [FileQuestion.row(1, name, FileQuestion.of(bytes))] }

    func next() -> [BulkRow] {
        defer { rows = [] }
        return rows
    }
}

/// What a file asks, by what it is and not by its name.
enum FileQuestion {
    static let longest = max(PhotoReader.maximumByteCount, SignedPDF.maximumByteCount)

    static func of(_ bytes: [UInt8]) -> BulkRow.Question {
        switch PhotoFormat(bytes) {
        case .pdf: .document(bytes)
        case .jpeg, .png, .webp: .picture(bytes)
        case .heif, nil: .impossible(.unsupportedFile, stated: StatedHolder())
        }
    }

    static func row(_ number: Int, _ name: String, _ question: BulkRow.Question) -> BulkRow {
        BulkRow(number: number, cells: [name], question: question, isFile: true)
    }
}
