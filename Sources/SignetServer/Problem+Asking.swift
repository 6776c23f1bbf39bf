import HTTPTypes
import Parsing
import Photos

/// Problems of photos and of those who ask too often.
extension Problem {
    static func tooManyRequests(after seconds: Int) -> Problem {
        Problem(
            status: .tooManyRequests, type: "too-many-requests",
            detail: "too many questions from here or about this certificate; ask again in \(seconds) s",
            retryAfter: seconds)
    }

    static let busy = Problem(
        status: .serviceUnavailable, type: "busy", detail: "many files are being looked at; send it again in a moment",
        retryAfter: 2)

    static let tooSlow = Problem(
        status: .requestTimeout, type: "too-slow", detail: "the file took too long to arrive; send a smaller one")

    static let noCode = Problem(
        status: .unprocessableContent, type: "no-code",
        detail: "no QR code was found in the picture; take it straight from above, sharp and with all of the code")

    static let severalCodes = Problem(
        status: .unprocessableContent, type: "several-codes",
        detail: "the photo has the codes of several certificates; take one at a time")

    static let otherCode = Problem(
        status: .unprocessableContent, type: "other-code",
        detail: "the QR code in the picture is not that of a certificate")

    private static let pictureTypes: HTTPFields = [.accept: "image/jpeg, image/png, image/webp"]

    /// The words of a photo's problem are constants of ours.
    static func photo(_ problem: PhotoReader.Problem) -> Problem {
        switch problem.code {
        case .heif:
            Problem(
                status: .unsupportedMediaType, type: "heif-picture", detail: problem.description, headers: pictureTypes)
        case .pdf, .unknownFormat:
            Problem(
                status: .unsupportedMediaType, type: "not-a-picture", detail: problem.description,
                headers: pictureTypes)
        case .tooLarge: Problem(status: .contentTooLarge, type: "too-large", detail: problem.description)
        case .damaged: Problem(status: .unprocessableContent, type: "damaged-picture", detail: problem.description)
        case .noMemory: Problem(status: .serviceUnavailable, type: "busy", detail: problem.description, retryAfter: 5)
        }
    }

    /// Nothing is known of the file itself.
    init(_ failure: ParsingFailure) {
        self =
            failure == .unavailable
            ? .busy
            : Problem(
                status: .unprocessableContent, type: "unreadable-file",
                detail: "the file could not be read within the limits; send another picture or a smaller one")
    }

    /// One answer for a number that nobody has and for one whose holder is another.
    static let noMatch = Problem(
        status: .notFound, type: "no-match",
        detail: "no certificate has this number together with this name or identity number")

    static let noLookup = Problem(
        status: .notFound, type: "lookup-unavailable", detail: "this server has no register to look numbers up in")
}
