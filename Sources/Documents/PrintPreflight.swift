import Credential
import Issuance
import Rendering
import Results
import Seal

/// Asks, before anything is signed, whether a result can be printed: glyphs, and the QR code's size.
package struct PrintPreflight: Sendable {
    private let glyphs: GlyphPreflight
    /// The most bytes that the texts of a certificate may have together.
    private let textBudget: Int

    /// - Parameters:
    ///   - host: of the QR text.
    ///   - institutionNames: of which any may be the one on the award day.
    package init(glyphs: GlyphPreflight, host: String, institution: Institution) throws {
        self.glyphs = glyphs
        let longest = institution.names.map(\.name).max { $0.utf8.count < $1.utf8.count } ?? institution.id.text
        let claims = CertificateClaims(
            certificate: Certificate(
                // As many bytes as an id has.
                id: CertificateID(bytes: [UInt8](repeating: 0xFF, count: CertificateID.byteCount))!,
                number: CertificateNumber(String(repeating: "9", count: 22)), version: 1000,
                institution: institution.id, institutionName: longest, holderName: "-",
                occupation: Occupation(code: "0-00-00-00", name: "-"), specialisation: "-", level: .seniorWorker,
                awardDate: CalendarDate(daysSinceEpoch: 40_000)),
            issuedAt: 1 << 32,
            status: CertificateClaims.StatusReference(index: 1 << 20, uri: "https://\(host)/status/100000"))
        // Texts over 23 and 255 bytes have a longer head; a few bytes more than the three dashes.
        let fixed = try claims.encoded().count + PreparedSeal.envelopeByteCount + 6 - 3
        textBudget = try Self.largestSeal(host: host) - fixed
    }

    package func rules(for result: ExamResult, _ occupation: Occupation) -> [Rule] {
        var rules: [Rule] = []
        let texts = [result.name, occupation.name, result.specialisation ?? ""]
        if !texts.allSatisfy(glyphs.canPrint) { rules.append(.glyphMissing) }
        if texts.reduce(0, { $0 + $1.utf8.count }) > textBudget { rules.append(.qrTooDense) }
        return rules
    }

    /// By trying: what the encoder says holds, whatever a table would.
    private static func largestSeal(host: String) throws -> Int {
        var (fits, tooLarge) = (1, UnverifiedSeal.maximumByteCount)
        while tooLarge - fits > 1 {
            let middle = (fits + tooLarge) / 2
            let text = QRText.text(host: host, seal: [UInt8](repeating: 0xFF, count: middle))
            if (try? QRSymbol(text: text)) != nil { fits = middle } else { tooLarge = middle }
        }
        return fits
    }
}
