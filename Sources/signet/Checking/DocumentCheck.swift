import Glibc
import PDFSignature
import Signing
import Verification

/// Checks a PDF named on the command line.
struct DocumentCheck {
    let evidence: Evidence
    let now: Int
    let isJSON: Bool

    /// Known by its name or by how it begins; standard input is a list.
    static func isDocument(_ input: String) -> Bool {
        guard input != "-" else { return false }
        let file = open(input, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return false }
        defer { close(file) }
        var start = [UInt8](repeating: 0, count: 5)
        return read(file, &start, start.count) == start.count && DocumentVerifier.isPDF(start)
            || input.lowercased().hasSuffix(".pdf")
    }

    func verify(_ path: String) throws -> VerdictCounts {
        let bytes = try DurableFile.read(path, limit: SignedPDF.maximumByteCount)
        let verifier = DocumentVerifier(
            trust: evidence.trust, status: evidence.status, now: now, isTrustCurrent: false)
        let verdict = try verifier.verify(bytes)
        var counts = VerdictCounts()
        counts.count(verdict.outcome)
        print(isJSON ? verdict.json : "\(path)\n\(VerdictText.block(verdict))")
        return counts
    }
}
