import Errors
import PDFSignature
import TestSupport
import Testing

@Suite struct FontTests {
    // Fails only without OpenSSL.
    let authority = try! TestAuthority()

    @Test("ranges of codes are counted for all fonts of a page together", arguments: [(2, true), (3, false)])
    func ranges(_ count: Int, _ isRead: Bool) throws {
        let page = try authority.signedPage(Self.page(fonts: count))
        if isRead {
            #expect(try SignedPDF(page).textRuns == [String](repeating: "A", count: count))
        } else {
            #expect(throws: PDFProblem(.malformed, zh: "", en: "")) { try SignedPDF(page) }
        }
    }

    /// Each font gives all its codes a text, by one range.
    private static func page(fonts count: Int) -> [UInt8] {
        let cmap =
            "1 begincodespacerange <0000> <ffff> endcodespacerange "
            + "1 beginbfrange <0000> <ffff> <0041> endbfrange"
        let content = (0..<count).map { "BT /f\($0) 12 Tf 72 \(700 - 20 * $0) Td <0000> Tj ET\n" }.joined()
        let fonts = (0..<count).map { "/f\($0) \(6 + $0) 0 R" }.joined(separator: " ")
        let table = 6 + count
        return SamplePage.assemble(
            [
                "<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [ 3 0 R ] /Count 1 >>",
                "<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 595 842 ] /Contents 4 0 R /Resources 5 0 R >>",
                "<< /Length \(content.utf8.count)\n>>\nstream\n\(content)\nendstream", "<< /Font << \(fonts) >> >>",
            ] + [String](repeating: "<< /Type /Font /Subtype /Type0 /ToUnicode \(table) 0 R >>", count: count)
                + ["<< /Length \(cmap.utf8.count)\n>>\nstream\n\(cmap)\nendstream"])
    }
}
