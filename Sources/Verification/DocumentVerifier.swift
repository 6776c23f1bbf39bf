import Credential
import Errors
import PDFSignature
import Seal
import Signing
import Trust

/// Checks documents: that the PDF is as an institution of the trust list signed it, that the seal in it is
/// right, and that the page shows what is sealed. One per worker, as ``SealVerifier``.
package final class DocumentVerifier {
    private let trust: TrustSource
    private let seals: SealVerifier
    private let now: Int
    private let isTrustCurrent: Bool

    /// - Parameters: as of ``SealVerifier``.
    package init(trust: TrustSource, status: StatusSource = StatusSource(), now: Int, isTrustCurrent: Bool) {
        (self.now, self.isTrustCurrent) = (now, isTrustCurrent)
        self.trust = trust.notOlder(than: status.leastTrustList)
        seals = SealVerifier(trust: trust, status: status, now: now, isTrustCurrent: isTrustCurrent)
    }

    package static let maximumByteCount = SignedPDF.maximumByteCount

    package static func isPDF(_ bytes: some Collection<UInt8>) -> Bool { bytes.starts(with: Array("%PDF-".utf8)) }

    /// - Parameters:
    ///   - read: reads the document, here or in another process. A ``PDFProblem`` that it throws is an answer.
    ///   - codes: the texts of the QR codes on its pages, asked for when it is not the original; none where nobody can look.
    package func verify(_ read: () throws -> SignedPDF, codes: () throws -> [String] = { [] }) throws -> Verdict {
        let document: SignedPDF
        do {
            document = try read()
        } catch let problem as PDFProblem {
            let result = Self.result(of: problem.code)
            guard case .unknown(let reason) = result, reason != .documentEmpty else { return Self.verdict(result) }
            return try verdict(onCopy: reason, SealSearch.find(in: codes().joined(separator: "\n")))
        }
        guard let attachment = document.attachment, let seal = try? UnverifiedSeal(decoding: attachment.bytes) else {
            return Self.verdict(.fail(.sealMissing))
        }
        let verdict = try seals.verify(seal)
        return Self.verdict(try check(document, verdict), verdict)
    }

    /// A seal on a page vouches for itself, and for nothing else that the page says.
    private func verdict(onCopy reason: Reason, _ finding: SealSearch.Finding) throws -> Verdict {
        switch finding {
        case .seal(let seal):
            let verdict = try seals.verify(seal)
            let isPlainCopy = [.documentNotOriginal, .documentMerged, .documentEncrypted].contains(reason)
            return Self.verdict(
                .unknown(isPlainCopy && verdict.outcome == .valid ? .documentCopy : reason), verdict)
        case .several: return Self.verdict(.unknown(.documentSeveralCodes))
        case .malformed, .damaged, .nothing: return Self.verdict(.unknown(reason))
        }
    }

    private func check(_ document: SignedPDF, _ verdict: Verdict) throws -> Check.Result {
        let list: VerifiedTrustList
        switch trust {
        case .unavailable: return .unknown(.trustListUnavailable)
        case .invalid: return .unknown(.trustListInvalid)
        case .rolledBack: return .unknown(.trustListRolledBack)
        case .list(let verified): list = verified
        }
        guard let record = document.signer.flatMap({ list.key($0) }) else {
            return unknownSigner(document, list.list)
        }
        guard document.signingTime >= record.from, record.to.map({ document.signingTime < $0 }) ?? true else {
            return .fail(.keyNotInForce)
        }
        if record.state == .compromised {
            // Whoever has the key writes any time into a document, and any photo on its page.
            return document.signingTime >= record.compromisedSince ?? .min
                ? .fail(.keyCompromised) : .unknown(.documentKeyCompromised)
        }
        // Without a right seal there is nothing to compare the page with, and the seal's check says so.
        guard let certificate = verdict.certificate else { return .pass }
        guard certificate.institution == record.institution else { return .fail(.documentSignerMismatch) }
        return PrintedContent(document.textRuns).shows(certificate) ? .pass : .fail(.documentContradictsSeal)
    }

    /// A newer list may know the key, as with seals.
    private func unknownSigner(_ document: SignedPDF, _ list: TrustList) -> Check.Result {
        if now > list.nextUpdate { return .unknown(.trustListStale) }
        if isTrustCurrent { return .fail(.documentSignerUnknown) }
        return document.signingTime > list.iat ? .unknown(.trustListOlderThanSeal) : .fail(.documentSignerUnknown)
    }

    /// Of a file that nobody could read to its end: it may be anything.
    package static let unreadable = verdict(.unknown(.documentUnreadable))

    /// Only what bears our signature and was changed since has failed; of all else nothing is known.
    private static func result(of code: PDFProblem.Code) -> Check.Result {
        switch code {
        case .malformed, .unsigned, .timestampFailed: .unknown(.documentNotOriginal)
        case .empty: .unknown(.documentEmpty)
        case .damaged: .unknown(.documentDamaged)
        case .encrypted: .unknown(.documentEncrypted)
        case .severalPages: .unknown(.documentMerged)
        case .spaceBehind: .unknown(.documentSpaceBehind)
        case .changed: .fail(.documentChanged)
        case .appended: .fail(.documentAppended)
        case .annotated: .fail(.documentAnnotated)
        case .overlaid: .fail(.documentOverlaid)
        case .attachmentReplaced: .fail(.attachmentReplaced)
        }
    }

    /// A document that is not whole vouches for nothing, not even for the seal in it.
    private static func verdict(_ result: Check.Result, _ seal: Verdict? = nil) -> Verdict {
        let checks = seal?.checks ?? Check.Name.ofSeal.map { Check(name: $0, result: .none) }
        return Verdict(checks: [Check(name: .document, result: result)] + checks, certificate: seal?.certificate)
    }
}

/// The text of a page without its white space, to be searched for what is sealed: where lines break, and
/// how far letters stand apart, is the template's affair.
struct PrintedContent {
    private let text: [UInt8]
    /// Where runs and words begin and end.
    private let boundaries: Set<Int>

    init(_ runs: [String]) {
        var text: [UInt8] = []
        var boundaries: Set<Int> = [0]
        for run in runs {
            for word in run.unicodeScalars.split(whereSeparator: \.properties.isWhitespace) {
                text += String(word).utf8
                boundaries.insert(text.count)
            }
        }
        (self.text, self.boundaries) = (text, boundaries)
    }

    func shows(_ certificate: Certificate) -> Bool {
        let required = [
            [certificate.number.text], [certificate.holderName], [certificate.occupation.name],
            [certificate.level.printedName, certificate.level.englishName], [certificate.institutionName],
            [PrintedDate.chinese(certificate.awardDate), PrintedDate.english(certificate.awardDate)],
            [certificate.specialisation ?? "--"],
        ]
        return required.allSatisfy { alternatives in alternatives.contains { shows($0) } }
    }

    private func shows(_ value: String) -> Bool {
        let wanted = Self.condensed(value)
        guard let first = wanted.first, let last = wanted.last else { return false }
        var start = 0
        while start + wanted.count <= text.count {
            let end = start + wanted.count
            if text[start] == first, text[start..<end].elementsEqual(wanted),
                isApart(first, at: start, from: start - 1), isApart(last, at: end, from: end)
            {
                return true
            }
            start += 1
        }
        return false
    }

    /// `1 June 2026` is not shown where `11 June 2026` is: a letter or digit must not go on beyond the value,
    /// unless another text begins there.
    private func isApart(_ edge: UInt8, at boundary: Int, from neighbour: Int) -> Bool {
        guard text.indices.contains(neighbour), Self.isAlphanumeric(edge) else { return true }
        return !Self.isAlphanumeric(text[neighbour]) || boundaries.contains(boundary)
    }

    private static func isAlphanumeric(_ byte: UInt8) -> Bool {
        (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte) || (0x61...0x7A).contains(byte)
    }

    /// Without white space.
    private static func condensed(_ text: String) -> [UInt8] {
        text.unicodeScalars.split(whereSeparator: \.properties.isWhitespace).flatMap { Array(String($0).utf8) }
    }
}
