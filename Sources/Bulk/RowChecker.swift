import Credential
import Parsing
import Photos
import Seal
import Verification

/// Answers rows one after the other. Not to be shared between threads, as its verifiers are not.
package final class RowChecker {
    private let seals: SealVerifier
    private let documents: DocumentVerifier
    private let lookup: BulkVerification.Lookup
    private let workers: ParsingPool

    package init(_ settings: BulkVerification) {
        seals = SealVerifier(
            trust: settings.trust, status: settings.status, now: settings.now, isTrustCurrent: settings.isTrustCurrent)
        documents = DocumentVerifier(
            trust: settings.trust, status: settings.status, now: settings.now, isTrustCurrent: settings.isTrustCurrent)
        (lookup, workers) = (settings.lookup, settings.workers)
    }

    package func answer(_ row: BulkRow) async throws -> RowAnswer {
        switch row.question {
        case .impossible(let problem, _): RowAnswer(problem)
        case .seal(let text, let stated): try check(text, against: stated)
        case .document(let bytes): RowAnswer(try documents.verify(bytes, by: workers))
        case .picture(let bytes): try check(picture: bytes)
        case .number(let question, _): try await find(question)
        }
    }

    private func check(_ text: String, against stated: StatedHolder) throws -> RowAnswer {
        let verdict = try seals.verify(qrText: text)
        // A good seal beside another person's name would be taken for that person's.
        if let certificate = verdict.certificate, let problem = stated.problem(with: certificate),
            problem.outcome == .notValid || verdict.outcome != .notValid
        {
            return RowAnswer(problem, beside: verdict)
        }
        return RowAnswer(verdict)
    }

    private func check(picture: [UInt8]) throws -> RowAnswer {
        let texts: [String]
        do {
            texts = try workers.qrTexts(inPicture: picture)
        } catch let problem as PhotoReader.Problem {
            return RowAnswer(problem.code == .tooLarge ? .fileTooLarge : .unreadableFile)
        } catch let failure as ParsingFailure where failure != .unavailable {
            return RowAnswer(.unreadableFile)
        }
        // A page may also carry the school's own code.
        switch SealSearch.find(in: texts.joined(separator: "\n")) {
        case .seal(let seal): return RowAnswer(try seals.verify(seal))
        case .several: return RowAnswer(.severalCodes)
        case .malformed, .damaged, .nothing: return RowAnswer(texts.isEmpty ? .noCode : .otherCode)
        }
    }

    private func find(_ question: NumberQuestion) async throws -> RowAnswer {
        let find: NumberSearch
        switch lookup {
        case .unavailable: return RowAnswer(.needsService)
        case .withheld: return RowAnswer(.needsKey)
        case .register(let register): find = register
        }
        switch try await find(question) {
        case .noMatch: return RowAnswer(.noMatch)
        case .tooOften: return RowAnswer(.askedTooOften)
        case .seal(let seal):
            let isByName = if case .name = question.holder { true } else { false }
            return RowAnswer(try seals.verify(seal), echo: isByName ? .name : .maskedName)
        }
    }
}

extension StatedHolder {
    /// What the row says otherwise than the certificate; nil where they agree.
    func problem(with certificate: Certificate) -> RowProblem? {
        // To the letter, as in lists that an office was given.
        let isNamedAlike = name.isEmpty || name == certificate.holderName
        if isNamedAlike, number.isEmpty || number == certificate.number.text { return nil }
        let isSame = (try? CertificateNumber(written: number)) == certificate.number
        guard number.isEmpty || isSame || number == certificate.number.text else { return .contradictsRow }
        guard !name.isEmpty else { return nil }
        switch NameComparison(name, certificate.holderName) {
        case .same: return nil
        case .similar: return .nameDiffers
        case .different: return .contradictsRow
        }
    }
}
