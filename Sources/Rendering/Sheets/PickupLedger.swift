/// A line of the ledger: one certificate to be handed out.
package struct LedgerRow: Sendable {
    package let holderName: String
    /// Masked: the paper lies on a table.
    package let document: String
    package let number: String
    package let occupation: String
    package let level: String

    package init(holderName: String, document: String, number: String, occupation: String, level: String) {
        self.holderName = holderName
        self.document = document
        self.number = number
        self.occupation = occupation
        self.level = level
    }

    package static let headers = [
        "序号", "姓名", "证件号码", "证书编号", "职业", "级别", "领取人签名", "代领人姓名及证件号", "领取日期", "未领原因",
    ]

    package func cells(serial: Int) -> [String] {
        [String(serial), holderName, document, number, occupation, level, "", "", "", ""]
    }
}

/// The paper on which holders sign for their certificates (领取登记), A4 across.
package struct PickupLedger {
    private static let widths: [Double] = [10, 30, 37, 44, 42, 22, 28, 34, 17, 13]
    private static let rowHeight = 9.0
    private static let rowsPerPage = 16
    private static let left = 10.0
    private static let top = 32.0

    private let title: String
    private let subtitle: String
    private let painter: SheetPainter

    /// - Parameters:
    ///   - institution: whose certificates they are.
    ///   - subtitle: such as the batch and its date.
    package init(institution: String, subtitle: String) throws {
        title = "\(institution)　职业技能等级证书领取登记表"
        self.subtitle = subtitle
        painter = try SheetPainter()
    }

    package func pdf(_ rows: [LedgerRow]) throws -> [UInt8] {
        let canvas = try PDFCanvas(width: 297, height: 210, title: title)
        let pageCount = max(1, (rows.count + Self.rowsPerPage - 1) / Self.rowsPerPage)
        for page in 0..<pageCount {
            let start = page * Self.rowsPerPage
            let part = rows[start..<min(start + Self.rowsPerPage, rows.count)]
            try head(on: canvas)
            for (index, row) in part.enumerated() {
                try line(row.cells(serial: start + index + 1), at: index + 1, on: canvas)
            }
            try foot(page: page + 1, of: pageCount, total: rows.count, on: canvas)
            canvas.endPage()
        }
        return try canvas.finish()
    }

    private func head(on canvas: PDFCanvas) throws {
        try painter.text(title, "title", Place(x: 10, y: 11, width: 277, height: 9), on: canvas)
        try painter.text(subtitle, "line", Place(x: 10, y: 23, width: 277, height: 6), on: canvas)
        var x = Self.left
        for (header, width) in zip(LedgerRow.headers, Self.widths) {
            let place = Place(x: x, y: Self.top, width: width, height: Self.rowHeight)
            painter.box(place, fill: "shade", on: canvas)
            try painter.text(header, "head", place.inset, lines: 2, on: canvas)
            x += width
        }
    }

    private func line(_ cells: [String], at index: Int, on canvas: PDFCanvas) throws {
        var x = Self.left
        for (column, (cell, width)) in zip(cells, Self.widths).enumerated() {
            let place = Place(x: x, y: Self.top + Double(index) * Self.rowHeight, width: width, height: Self.rowHeight)
            painter.box(place, on: canvas)
            let style = column == 0 ? "cell-centre" : column == 1 ? "name" : "cell"
            // Numbers stay on one line; names of people and occupations may take two.
            try painter.text(cell, style, place.inset, lines: column == 1 || column == 4 ? 2 : 1, on: canvas)
            x += width
        }
    }

    private func foot(page: Int, of pageCount: Int, total: Int, on canvas: PDFCanvas) throws {
        let sums =
            page == pageCount
            ? "应领 \(total) 本　　已领 ________ 本　　未领 ________ 本　　经办人 ______________　　日期 ______________" : ""
        try painter.text(sums, "line", Place(x: 10, y: 192, width: 230, height: 7), on: canvas)
        try painter.text(
            "第 \(page) 页，共 \(pageCount) 页", "line-end", Place(x: 240, y: 192, width: 47, height: 7), on: canvas)
    }
}

extension Place {
    /// With the air that a cell's text needs.
    fileprivate var inset: Place { Place(x: x + 1.2, y: y + 0.6, width: width - 2.4, height: height - 1.2) }
}
