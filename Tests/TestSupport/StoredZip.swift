/// A ZIP archive whose parts are stored as they are, made by hand so that tests can make bad ones, too.
package struct StoredZip {
    private var body: [UInt8] = []
    private var directory: [UInt8] = []
    private var count: UInt16 = 0

    package init() {}

    /// - Parameter claimedLength: what the archive says the part has; its real length by default.
    package mutating func add(_ name: String, _ content: [UInt8], claimedLength: UInt32? = nil) {
        let offset = UInt32(body.count)
        let length = UInt32(content.count)
        let common =
            Self.bytes(Self.crc32(content)) + Self.bytes(length) + Self.bytes(claimedLength ?? length)
            + Self.bytes(UInt16(name.utf8.count)) + [0, 0]
        // Version 20, no flags, stored, no time.
        let lead: [UInt8] = [20, 0, 0, 0, 0, 0, 0, 0, 0x21, 0]
        body += [0x50, 0x4B, 3, 4] + lead + common + Array(name.utf8) + content
        directory +=
            [0x50, 0x4B, 1, 2, 20, 0] + lead + common + [UInt8](repeating: 0, count: 10) + Self.bytes(offset)
            + Array(name.utf8)
        count += 1
    }

    package var bytes: [UInt8] {
        body + directory + [0x50, 0x4B, 5, 6, 0, 0, 0, 0] + Self.bytes(count) + Self.bytes(count)
            + Self.bytes(UInt32(directory.count)) + Self.bytes(UInt32(body.count)) + [0, 0]
    }

    private static func bytes(_ value: some FixedWidthInteger) -> [UInt8] {
        withUnsafeBytes(of: value.littleEndian) { Array($0) }
    }

    private static func crc32(_ bytes: [UInt8]) -> UInt32 {
        ~bytes.reduce(UInt32.max) { crc, byte in
            (0..<8).reduce(crc ^ UInt32(byte)) { value, _ in value & 1 == 1 ? value >> 1 ^ 0xEDB8_8320 : value >> 1 }
        }
    }
}

/// A workbook of sheets written as XML.
package struct TestWorkbook {
    package struct Sheet {
        package var name: String
        package var xml: String
        package var state = "visible"
    }

    package var sheets: [Sheet] = []
    package var sharedStrings: [String] = []
    package var is1904 = false
    /// Codes of cell styles 1, 2 …; style 0 is General.
    package var formats: [String] = []
    /// Goes before the root element of the first sheet.
    package var prologue = ""

    package init() {}

    /// - Parameter data: what is in `sheetData`; `tail` follows it, such as merged cells.
    package mutating func add(
        _ name: String, state: String = "visible", data: String, head: String = "", tail: String = ""
    ) {
        let namespace = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
        sheets.append(
            Sheet(
                name: name,
                xml: "<worksheet xmlns=\"\(namespace)\">\(head)<sheetData>\(data)</sheetData>\(tail)</worksheet>",
                state: state))
    }

    package var bytes: [UInt8] {
        var zip = StoredZip()
        for (name, xml) in parts { zip.add(name, Array(xml.utf8)) }
        return zip.bytes
    }

    package var parts: [(String, String)] {
        let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
        let list = sheets.enumerated().map { i, sheet in
            "<sheet name=\"\(sheet.name)\" sheetId=\"\(i + 1)\" state=\"\(sheet.state)\" r:id=\"s\(i)\"/>"
        }.joined()
        let relations = sheets.indices.map {
            "<Relationship Id=\"s\($0)\" Type=\"\(office)/worksheet\" Target=\"worksheets/sheet\($0).xml\"/>"
        }.joined()
        let strings = sharedStrings.map { "<si>\($0)</si>" }.joined()
        let codes = formats.enumerated().map { "<numFmt numFmtId=\"\($0 + 164)\" formatCode=\"\($1)\"/>" }.joined()
        let styles = ([0] + formats.indices.map { $0 + 164 }).map { "<xf numFmtId=\"\($0)\"/>" }.joined()
        return [
            (
                "_rels/.rels",
                "<Relationships><Relationship Id=\"w\" Type=\"\(office)/officeDocument\" Target=\"xl/workbook.xml\"/>"
                    + "</Relationships>"
            ),
            (
                "xl/workbook.xml",
                "<workbook xmlns:r=\"\(office)\"><workbookPr date1904=\"\(is1904)\"/><sheets>\(list)</sheets></workbook>"
            ),
            (
                "xl/_rels/workbook.xml.rels",
                "<Relationships>\(relations)"
                    + "<Relationship Id=\"t\" Type=\"\(office)/sharedStrings\" Target=\"sharedStrings.xml\"/>"
                    + "<Relationship Id=\"f\" Type=\"\(office)/styles\" Target=\"/xl/styles.xml\"/></Relationships>"
            ),
            ("xl/sharedStrings.xml", "<sst>\(strings)</sst>"),
            ("xl/styles.xml", "<styleSheet><numFmts>\(codes)</numFmts><cellXfs>\(styles)</cellXfs></styleSheet>"),
        ]
            + sheets.enumerated().map { i, sheet in
                ("xl/worksheets/sheet\(i).xml", (i == 0 ? prologue : "") + sheet.xml)
            }
    }
}
