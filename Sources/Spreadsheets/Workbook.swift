import Files

/// A workbook (ISO/IEC 29500, `.xlsx` and `.xlsm`), read as a stream: memory holds its shared texts and one
/// block of a sheet. Nothing in it is run, and nothing outside it is fetched.
///
/// Sendable: each ``WorkbookReading`` opens the archive anew, so that readers never disturb each other.
package struct Workbook: Sendable {
    package struct Sheet: Sendable {
        package let name: String
        package let isHidden: Bool
        let part: String
    }

    package let sheets: [Sheet]
    package let dateSystem: DateSystem
    fileprivate let file: InputFile
    fileprivate let formats: CellFormats
    fileprivate let strings: Texts

    // @unchecked Sendable: written while the workbook is opened, and only read from then on.
    fileprivate struct Texts: @unchecked Sendable { let strings: SharedStrings }

    package init(path: String) throws(WorkbookProblem) { try self.init(InputFile.workbook(path)) }

    package init(_ file: InputFile) throws(WorkbookProblem) {
        self.file = file
        let archive = try ZipArchive(file)
        try archive.refuseDoubledParts()
        let parts = try WorkbookParts(archive)
        sheets = parts.sheets.map { Sheet(name: $0.name, isHidden: $0.isHidden, part: $0.part) }
        dateSystem = parts.is1904 ? .from1904 : .from1900
        if let part = parts.stylesPart, archive.contains(part) {
            formats = try CellFormats(part, in: archive)
        } else {
            formats = CellFormats()
        }
        if let part = parts.sharedStringsPart, archive.contains(part) {
            strings = Texts(strings: try SharedStrings(part, in: archive))
        } else {
            strings = Texts(strings: SharedStrings())
        }
    }

    package func reading() -> WorkbookReading { WorkbookReading(self) }
}

/// Reads sheets one after the other. The archive is opened once, as that costs as much as its parts are many.
package final class WorkbookReading {
    private let workbook: Workbook
    private var opened: ZipArchive?

    fileprivate init(_ workbook: Workbook) { self.workbook = workbook }

    private func archive() throws(WorkbookProblem) -> ZipArchive {
        if let opened { return opened }
        let archive = try ZipArchive(workbook.file)
        opened = archive
        return archive
    }

    /// What stands behind the rows, and so must be known before them.
    package func survey(_ sheet: Workbook.Sheet) throws(WorkbookProblem) -> SheetSurvey {
        let survey = SheetSurvey()
        try survey.read(sheet.part, in: archive(), longest: .max)
        return survey
    }

    /// Where cells lead; `nil` for a sheet without links of its own and without `formulas`.
    package func links(of sheet: Workbook.Sheet, hasFormulas: Bool) throws(WorkbookProblem) -> SheetLinks? {
        let archive = try archive()
        let folder = sheet.part.split(separator: "/").dropLast().joined(separator: "/")
        let base = sheet.part.split(separator: "/").last.map(String.init) ?? sheet.part
        let relations = "\(folder)/_rels/\(base).rels"
        guard hasFormulas || archive.contains(relations) else { return nil }
        let links = SheetLinks()
        try links.read(sheet.part, in: archive, longest: .max)
        links.resolve(archive.contains(relations) ? try WorkbookParts.addresses(relations, in: archive) : [:])
        return links
    }

    /// Reads a sheet's rows from the first one on.
    ///
    /// - Parameter last: the last one that matters, as a survey knows it.
    package func rows(of sheet: Workbook.Sheet, upTo last: Int = .max) throws(WorkbookProblem) -> WorksheetReader {
        let handler = WorksheetHandler(
            strings: workbook.strings.strings, formats: workbook.formats, dates: workbook.dateSystem)
        handler.lastRowWanted = last
        return try WorksheetReader(part: sheet.part, archive: archive(), handler: handler)
    }
}

/// Hands out the rows of one sheet, one after the other.
package final class WorksheetReader {
    private let part: String
    private let source: ZipPart
    private let stream: XMLStream
    private let handler: WorksheetHandler
    private var waiting: [SheetRow] = []
    private var next = 0
    private var isAtEnd = false

    init(part: String, archive: ZipArchive, handler: WorksheetHandler) throws(WorkbookProblem) {
        self.part = part
        self.handler = handler
        source = try archive.open(part)
        stream = try XMLStream(handler)
    }

    /// Nil after the last row. Rows without cells may be missing.
    package func nextRow() throws(WorkbookProblem) -> SheetRow? {
        while next == waiting.count {
            if isAtEnd { return nil }
            try refill()
        }
        defer { next += 1 }
        return waiting[next]
    }

    private func refill() throws(WorkbookProblem) {
        do throws(WorkbookProblem) {
            if let block = try source.next() {
                isAtEnd = try !stream.feed(block)
            } else {
                try stream.finish()
                isAtEnd = true
            }
        } catch {
            throw handler.problem ?? WorkbookProblem(error.code, part: part)
        }
        if let problem = handler.problem { throw WorkbookProblem(problem.code, part: problem.part ?? part) }
        swap(&waiting, &handler.rows)
        handler.rows.removeAll(keepingCapacity: true)
        next = 0
    }
}

/// A look at a whole sheet without its values.
package final class SheetSurvey: XMLHandler {
    /// More than any sheet for people has; a sheet with more is refused.
    private static let mostRanges = 100_000

    package private(set) var mergedRanges: [MergedRange] = []
    /// From 0.
    package private(set) var hiddenColumns: [ClosedRange<Int>] = []
    package private(set) var hasFilter = false
    /// The last row in which a cell has a value; rows below it have formats alone.
    package private(set) var lastRowWithContent = 0
    private var row = 0
    var isDone: Bool { mergedRanges.count > Self.mostRanges }
    package var hasTooManyRanges: Bool { isDone }

    func start(_ name: XMLText, _ attributes: XMLAttributes) {
        if name.is("c") { return }
        if name.is("row") {
            row = attributes.int("r") ?? row + 1
            return
        }
        if name.is("v") || name.is("is") || name.is("f") {
            lastRowWithContent = row
            return
        }
        if name.is("mergeCell") {
            if let range = attributes["ref"].flatMap(MergedRange.init) { mergedRanges.append(range) }
        } else if name.is("autoFilter") {
            hasFilter = true
        } else if name.is("col"), attributes.isTrue("hidden"), let first = attributes.int("min"),
            let last = attributes.int("max"), first >= 1, last >= first, first - 1 <= CellReference.maximumColumn,
            hiddenColumns.count <= CellReference.maximumColumn
        {
            // bounded: the first column is within the sheet, and not behind the last.
            hiddenColumns.append(first - 1...min(last - 1, CellReference.maximumColumn))
        }
    }

    func end(_ name: XMLText) {}
    func text(_ bytes: UnsafeRawBufferPointer) {}
}
