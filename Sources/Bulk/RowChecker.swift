import Credential
import Parsing
import Photos
import Seal
import Verification

/// Answers rows one after the other. Not to be shared between threads, as its verifiers are not.
final class RowChecker {
    private let seals: SealVerifier
    private let documents: DocumentVerifier
    private let lookup: BulkVerification.Lookup
    private let workers: ParsingPool

    init(_ settings: BulkVerification) {
        seals = SealVerifier(
            trust: settings.trust, status: settings.status, now: settings.now, isTrustCurrent: settings.isTrustCurrent)
        documents = DocumentVerifier(
            trust: settings.trust, status: settings.status, now: settings.now, isTrustCurrent: settings.isTrustCurrent)
        (lookup, workers) = (settings.lookup, settings.workers)
    }

    func answer(_ row: BulkRow) async throws -> RowAnswer {
        switch row.question {
        case .impossible(let problem): RowAnswer(problem)
        case .seal(let text, let stated): try check(text, against: stated)
        case .document(let bytes): try check(document: bytes)
        case .picture(let bytes): try check(picture: bytes)
        case .number(let question): try await find(question)
        }
    }

    private func check(_ text: String, against stated: StatedHolder) throws -> RowAnswer {
        let verdict = try seals.verify(qrText: text)
        // A good seal beside another person's name would be taken for that person's.
        if let certificate = verdict.certificate, !stated.agrees(with: certificate) {
            return RowAnswer(.contradictsRow)
        }
        return RowAnswer(verdict)
    }

    private func check(document: [UInt8]) throws -> RowAnswer {
        do {
            return RowAnswer(try documents.verify { try workers.signedDocument(document) })
        } catch let failure as ParsingFailure where failure != .unavailable {
            return RowAnswer(DocumentVerifier.unreadable)
        }
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
        let certificates = texts.filter(UnverifiedSeal.isDecodable)
        guard let text = certificates.first else { return RowAnswer(texts.isEmpty ? .noCode : .otherCode) }
        guard certificates.count == 1 else { return RowAnswer(.severalCodes) }
        return RowAnswer(try seals.verify(qrText: text))
    }

    private func find(_ question: NumberQuestion) async throws -> RowAnswer {
        let find: NumberLookup
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
    /// As people write the same number and name: spaces, case and the dot between a name's parts do not count.
    func agrees(with certificate: Certificate) -> Bool {
        (number.isEmpty || (try? CertificateNumber(written: number)) == certificate.number
            || Self.comparable(number) == Self.comparable(certificate.number.text))
            && (name.isEmpty || Self.comparable(name) == Self.comparable(certificate.holderName))
    }

    private static func comparable(_ text: String) -> String {
        let dots: Set<Unicode.Scalar> = ["·", "•", "‧", "・", "．", "."]
        var kept = String.UnicodeScalarView()
        for scalar in text.unicodeScalars where !scalar.properties.isWhitespace {
            kept.append(dots.contains(scalar) ? "·" : scalar)
        }
        return String(kept).lowercased()
    }
}
