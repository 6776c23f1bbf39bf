import Errors
import Signing

/// A PDF that ``PDFSigner`` signed and nobody changed since. Whose key signed it is for the trust list to
/// say, not for the names in its certificates.
package struct SignedPDF: Sendable {
    package static let maximumByteCount = PDFRevision.maximumByteCount

    /// Nil when the certificate's key is of no kind that is known.
    package let signer: KeyID?
    /// Seconds since 1970, as the signer says.
    package let signingTime: Int
    /// Nil when there is none, or more than one.
    package let attachment: PDFAttachment?
    /// The text of the page as it is drawn, a run for each place at which drawing began anew.
    package let textRuns: [String]

    /// As another process read it.
    package init(signer: KeyID?, signingTime: Int, attachment: PDFAttachment?, textRuns: [String]) {
        (self.signer, self.signingTime) = (signer, signingTime)
        (self.attachment, self.textRuns) = (attachment, textRuns)
    }

    /// - Throws: a ``PDFProblem`` that says what is wrong with the file, or ``SigningError`` when it could
    ///   not be checked.
    package init(_ bytes: [UInt8]) throws {
        do {
            try self.init(strictly: bytes)
        } catch let problem as PDFProblem where [.malformed, .unsigned].contains(problem.code) {
            throw try PDFDiagnosis(bytes).problem()
        }
    }

    private init(strictly bytes: [UInt8]) throws {
        let revision = try Self.signedRevision(bytes)
        let structure = try SignatureStructure(revision)
        try Self.checkSignature(structure, revision)
        if Self.isSpace(bytes[revision.end...]) {
            throw PDFProblem(.spaceBehind, zh: "结尾之后有空白", en: "white space follows its end")
        }
        if revision.end < bytes.count { throw PDFAddition(bytes, after: revision, structure).problem }
        var reader = PageTextReader(revision)
        try reader.read(structure.page)
        attachment = try? structure.attachedFile?.attachment(revision, &reader.inflater)
        signer = try? CMSSignature(contents: structure.contents).chain.leaf.publicKey().kid
        signingTime = structure.signingTime
        textRuns = reader.runs.filter { !$0.isEmpty }
    }

    /// The first revision that stands for itself; what comes after it was added.
    private static func signedRevision(_ bytes: [UInt8]) throws(PDFProblem) -> PDFRevision {
        let mark = Array("\n%%EOF\n".utf8)
        var problem = PDFProblem.malformed("it does not end as it should")
        var (start, attempts) = (0, 0)
        while attempts < 16, let position = bytes[start...].firstIndex(of: mark) {
            start = position + mark.count
            attempts += 1
            do {
                return try PDFRevision(bytes, end: start)
            } catch { problem = error }
        }
        throw problem
    }

    private static func checkSignature(_ structure: SignatureStructure, _ revision: PDFRevision) throws {
        guard try Self.isSigned(structure.signedRanges, revision.bytes, structure.contents) else {
            throw PDFProblem(.changed, zh: "内容与签名时不同", en: "its bytes are not those that were signed")
        }
    }

    static func isSigned(_ ranges: [Range<Int>], _ bytes: [UInt8], _ contents: [UInt8]) throws -> Bool {
        let hasher = try SHA256Hasher()
        try hasher.update(ranges.map { bytes[$0] })
        return try isValid(contents, hasher.finalize())
    }

    /// White space of the format (ISO 32000-1 §7.2.2), of which something is there.
    private static func isSpace(_ rest: ArraySlice<UInt8>) -> Bool {
        !rest.isEmpty && rest.allSatisfy { [0x00, 0x09, 0x0A, 0x0C, 0x0D, 0x20].contains($0) }
    }

    /// What cannot be read as a signature is a wrong one.
    private static func isValid(_ contents: [UInt8], _ digest: [UInt8]) throws(SigningError) -> Bool {
        guard let signature = try? CMSSignature(contents: contents) else { return false }
        do throws(SigningError) {
            return try signature.isValid(digest: digest)
        } catch {
            guard error.code == .library else { return false }
            throw error
        }
    }
}
