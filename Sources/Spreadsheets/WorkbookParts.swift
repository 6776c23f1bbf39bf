/// What the small parts of a workbook say: which sheets there are, where they are, and its date system.
struct WorkbookParts {
    struct Sheet {
        let name: String
        let isHidden: Bool
        let part: String
    }

    private(set) var sheets: [Sheet] = []
    /// Days are counted from 1904-01-01 instead of 1900-01-01.
    private(set) var is1904 = false
    private(set) var stylesPart: String?
    private(set) var sharedStringsPart: String?

    /// Parts other than sheets and texts are small.
    static let longestPart = 64 << 20
    private static let mostSheets = 1000

    init(_ archive: ZipArchive) throws(WorkbookProblem) {
        let main = try Self.mainPart(of: archive)
        let folder = main.split(separator: "/").dropLast().joined(separator: "/")
        let base = main.split(separator: "/").last.map(String.init) ?? main
        var targets: [String: String] = [:]
        for relation in try Self.relations("\(folder)/_rels/\(base).rels", in: archive) {
            let part = Self.resolve(relation.target, in: folder)
            // Which of two targets a program follows is its own choice.
            if let other = targets.updateValue(part, forKey: relation.id), other != part {
                throw WorkbookProblem(.doubledPart, part: relation.id)
            }
            if relation.type.hasSuffix("/styles") { stylesPart = part }
            if relation.type.hasSuffix("/sharedStrings") { sharedStringsPart = part }
        }
        let elements = ElementReader()
        var found: [(name: String, isHidden: Bool, relation: String)] = []
        var uses1904 = false
        var isWorkbook: Bool?
        elements.onStart = { name, attributes in
            isWorkbook = isWorkbook ?? name.is("workbook")
            if name.is("sheet") {
                let state = attributes.string("state") ?? "visible"
                // The sheet's own number is sheetId; `id` is the relation.
                found.append((attributes.string("name") ?? "", state != "visible", attributes.string("id") ?? ""))
            } else if name.is("workbookPr") {
                uses1904 = attributes.isTrue("date1904")
            }
        }
        try elements.read(main, in: archive)
        // Texts and presentations are packages, too.
        guard isWorkbook == true else { throw WorkbookProblem(.notAWorkbook) }
        is1904 = uses1904
        guard found.count <= Self.mostSheets else { throw WorkbookProblem(.tooLarge, part: main) }
        for sheet in found {
            // Left out without a word, its candidates would be lost.
            guard let part = targets[sheet.relation], archive.contains(part) else {
                throw WorkbookProblem(.lostSheet, part: sheet.name)
            }
            sheets.append(Sheet(name: sheet.name, isHidden: sheet.isHidden, part: part))
        }
        guard !sheets.isEmpty else { throw WorkbookProblem(.damaged, part: main) }
    }

    private static func mainPart(of archive: ZipArchive) throws(WorkbookProblem) -> String {
        guard archive.contains("_rels/.rels") else {
            let isIWork = ["Index/Document.iwa", "Index.zip", "index.apxl"].contains(where: archive.contains)
            throw WorkbookProblem(
                archive.contains("content.xml") ? .openDocument : isIWork ? .iWork : .notAWorkbook)
        }
        let main = try relations("_rels/.rels", in: archive).first { $0.type.hasSuffix("/officeDocument") }
        guard let main else { throw WorkbookProblem(.notAWorkbook) }
        let part = resolve(main.target, in: "")
        if part.hasPrefix("word/") { throw WorkbookProblem(.textDocument) }
        if part.hasPrefix("ppt/") { throw WorkbookProblem(.presentation) }
        if part.hasSuffix(".bin") { throw WorkbookProblem(.binaryWorkbook) }
        guard archive.contains(part) else { throw WorkbookProblem(.notAWorkbook) }
        return part
    }

    private struct Relation {
        let id: String
        let type: String
        let target: String
    }

    private static func relations(_ part: String, in archive: ZipArchive) throws(WorkbookProblem) -> [Relation] {
        var relations: [Relation] = []
        let elements = ElementReader()
        elements.onStart = { name, attributes in
            guard name.is("Relationship"), attributes.string("TargetMode") != "External" else { return }
            relations.append(
                Relation(
                    id: attributes.string("Id") ?? "", type: attributes.string("Type") ?? "",
                    target: attributes.string("Target") ?? ""))
        }
        try elements.read(part, in: archive)
        return relations
    }

    /// Of links that lead out of the workbook, by their ids.
    static func addresses(_ part: String, in archive: ZipArchive) throws(WorkbookProblem) -> [String: String] {
        var addresses: [String: String] = [:]
        let elements = ElementReader()
        elements.onStart = { name, attributes in
            guard name.is("Relationship"), attributes.string("Type")?.hasSuffix("/hyperlink") == true else { return }
            addresses[attributes.string("Id") ?? ""] = attributes.string("Target")
        }
        try elements.read(part, in: archive)
        return addresses
    }

    /// A target is relative to the folder of the part that names it, or absolute within the archive.
    private static func resolve(_ target: String, in folder: String) -> String {
        var parts = target.hasPrefix("/") || target.hasPrefix("\\") ? [] : folder.split(separator: "/")
        for part in target.split(whereSeparator: { $0 == "/" || $0 == "\\" }) {
            switch part {
            case ".": continue
            case "..": _ = parts.popLast()
            default: parts.append(part)
            }
        }
        return parts.joined(separator: "/")
    }
}

/// Reads a part of which only elements and their attributes matter.
final class ElementReader: XMLHandler {
    var onStart: (XMLText, XMLAttributes) -> Void = { _, _ in }
    var isDone: Bool { false }

    func start(_ name: XMLText, _ attributes: XMLAttributes) { onStart(name, attributes) }
    func end(_ name: XMLText) {}
    func text(_ bytes: UnsafeRawBufferPointer) {}
}

extension XMLHandler {
    func read(_ part: String, in archive: ZipArchive, longest: Int = WorkbookParts.longestPart) throws(WorkbookProblem)
    {
        let stream = try XMLStream(self)
        do throws(WorkbookProblem) {
            try archive.read(part, longest: longest) { block throws(WorkbookProblem) in try stream.feed(block) }
            try stream.finish()
        } catch {
            throw WorkbookProblem(error.code, part: error.part ?? part)
        }
    }
}
