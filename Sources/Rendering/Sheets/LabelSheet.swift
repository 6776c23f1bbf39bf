/// A label: a certificate's QR code with the words to tell it by.
package struct QRLabel: Sendable {
    package let qrText: String
    package let holderName: String
    package let number: String
    package let occupation: String

    package init(qrText: String, holderName: String, number: String, occupation: String) {
        self.qrText = qrText
        self.holderName = holderName
        self.number = number
        self.occupation = occupation
    }
}

/// QR codes to stick on: A4 sheets of 21 labels of 63.5 × 38.1 mm.
package struct LabelSheet {
    private static let columns = 3
    private static let rows = 7
    private static let label = (width: 63.5, height: 38.1, gap: 2.54)
    private static let margin = (left: 7.2, top: 15.1)
    /// With its quiet zone it leaves 25 mm for the words.
    private static let codeSize = 32.0

    private let painter: SheetPainter

    package init() throws { painter = try SheetPainter() }

    package func pdf(_ labels: [QRLabel]) throws -> [UInt8] {
        let canvas = try PDFCanvas(width: 210, height: 297, title: "QR")
        let perPage = Self.columns * Self.rows
        for start in stride(from: 0, to: labels.count, by: perPage) {
            for (index, label) in labels[start..<min(start + perPage, labels.count)].enumerated() {
                let x = Self.margin.left + Double(index % Self.columns) * (Self.label.width + Self.label.gap)
                let y = Self.margin.top + Double(index / Self.columns) * Self.label.height
                try draw(label, x: x, y: y, on: canvas)
            }
            canvas.endPage()
        }
        return try canvas.finish()
    }

    private func draw(_ label: QRLabel, x: Double, y: Double, on canvas: PDFCanvas) throws {
        let symbol = try QRSymbol(text: label.qrText)
        let top = y + (Self.label.height - Self.codeSize) / 2
        try PicturePainter.draw(symbol, QRBlock(x: x + 3, y: top, size: Self.codeSize), on: canvas.context)
        let (textX, width) = (x + Self.codeSize + 6, Self.label.width - Self.codeSize - 8)
        try painter.text(
            label.holderName, "name", Place(x: textX, y: top, width: width, height: 10), lines: 2, on: canvas)
        try painter.text(
            label.occupation, "small", Place(x: textX, y: top + 11, width: width, height: 8), lines: 2, on: canvas)
        try painter.text(
            label.number, "small", Place(x: textX, y: top + 20, width: width, height: 8), lines: 2, on: canvas)
    }
}
