import Bulk
import Files
import PDFSignature
import Signing
import Verification

/// Checks a PDF named on the command line.
struct DocumentCheck {
    let evidence: Evidence
    let now: Int
    let output: VerdictOutput

    func verify(_ path: String) throws -> VerdictCounts {
        let bytes = try DurableFile.read(path, limit: SignedPDF.maximumByteCount)
        let verifier = DocumentVerifier(
            trust: evidence.trust, status: evidence.status, now: now, isTrustCurrent: false)
        let verdict = try verifier.verify(bytes, by: ForeignFiles.pool)
        var counts = VerdictCounts()
        counts.count(verdict.outcome)
        output.show(verdict, file: path)
        return counts
    }
}
