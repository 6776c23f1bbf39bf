import Parsing
import Verification

extension DocumentVerifier {
    /// Has a PDF read by workers: as a document, and where it is not the original, the codes on its pages.
    ///
    /// - Throws: ``ParsingFailure/unavailable``.
    package func verify(_ file: [UInt8], by workers: ParsingPool) throws -> Verdict {
        do {
            return try verify(
                { try workers.signedDocument(file) }, codes: { (try? workers.qrTexts(onPagesOf: file)) ?? [] })
        } catch let failure as ParsingFailure where failure != .unavailable {
            return Self.unreadable
        }
    }
}
