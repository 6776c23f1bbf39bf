/// An unsigned page in the form in which cairo writes it.
public enum SamplePage {
    package static let content = "BT /F1 24 Tf 72 700 Td (Certificate) Tj ET"

    package static func pdf(content: String = content, catalog: String = "", trailer: String = "", pages: Int = 1)
        -> [UInt8]
    {
        let kids = (0..<pages).map { _ in "3 0 R" }.joined(separator: " ")
        return assemble(
            [
                "<< /Type /Catalog /Pages 2 0 R \(catalog) >>", "<< /Type /Pages /Kids [ \(kids) ] /Count \(pages) >>",
                "<< /Type /Page % 1\n /Parent 2 0 R /MediaBox [ 0 0 595.276 841.89 ] /Contents 4 0 R\n"
                    + "/Resources << /Font << /F1 6 0 R >> >> >>",
                "<< /Length 5 0 R\n>>\nstream\n\(content)\nendstream", "   \(content.utf8.count)",
                "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
            ], trailer: trailer)
    }

    /// A page that shows these texts, one below the other, in a font whose ToUnicode table says what they are.
    ///
    /// - Parameters:
    ///   - setting: operators before the texts, which otherwise are black, of 12 points.
    ///   - after: operators behind them.
    package static func pdf(texts: [String], setting: String = "", after: String = "") -> [UInt8] {
        let scalars = Set(texts.joined().unicodeScalars).sorted()
        func hex(_ number: some BinaryInteger) -> String {
            let digits = String(number, radix: 16)
            return String(repeating: "0", count: 4 - digits.count) + digits
        }
        let table = scalars.enumerated().map { code, scalar in
            "<\(hex(code))> <\(String(scalar).utf16.map { hex($0) }.joined())>"
        }
        let cmap =
            "1 begincodespacerange\n<0000> <ffff>\nendcodespacerange\n\(table.count) beginbfchar\n"
            + table.joined(separator: "\n") + "\nendbfchar\n"
        let shown = texts.map { text in
            "0 -20 Td <" + text.unicodeScalars.map { hex(scalars.firstIndex(of: $0) ?? 0) }.joined() + ">Tj\n"
        }
        let content = "q BT\n/f1 12 Tf\n72 800 Td\n\(setting)\n" + shown.joined() + "ET Q\n\(after)\n"
        return assemble([
            "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
            "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources 5 0 R >>",
            "<< /Length \(content.utf8.count)\n>>\nstream\n\(content)\nendstream",
            "<< /Font << /f1 6 0 R >> >>",
            "<< /Type /Font /Subtype /Type0 /BaseFont /Sample /Encoding /Identity-H /ToUnicode 7 0 R >>",
            "<< /Length \(cmap.utf8.count)\n>>\nstream\n\(cmap)\nendstream",
        ])
    }

    /// Objects 1, 2, … with table and trailer.
    package static func assemble(_ objects: [String], trailer: String = "") -> [UInt8] {
        var bytes = Array("%PDF-1.5\n%".utf8) + [0xB5, 0xED, 0xAE, 0xFB, 0x0A]
        var entries = "0000000000 65535 f \n"
        for (index, object) in objects.enumerated() {
            let offset = String(bytes.count)
            entries += String(repeating: "0", count: 10 - offset.count) + offset + " 00000 n \n"
            bytes += "\(index + 1) 0 obj\n\(object)\nendobj\n".utf8
        }
        let end = "trailer\n<< /Size \(objects.count + 1) /Root 1 0 R \(trailer) >>\nstartxref\n\(bytes.count)\n%%EOF\n"
        return bytes + Array("xref\n0 \(objects.count + 1)\n\(entries)\(end)".utf8)
    }
}
