import Credential
import Errors
import HTTPSupport
import HTTPTypes
import Parsing
import Photos

/// Problems of photos and of those who ask too often.
extension Problem {
    static func tooManyRequests(after seconds: Int) -> Problem {
        Problem(
            status: .tooManyRequests, type: "too-many-requests",
            zh: "查询过于频繁，请 \(seconds) 秒后再试。",
            en: "Too many questions from here or about this certificate; ask again in \(seconds) s.",
            retryAfter: seconds)
    }

    static let noCode = Problem(
        status: .unprocessableContent, type: "no-code",
        zh: "图片中没有找到二维码。请从正上方拍摄，画面清晰并拍全二维码。",
        en: "No QR code was found in the picture; take it straight from above, sharp and with all of the code.")

    static let severalCodes = Problem(
        status: .unprocessableContent, type: "several-codes",
        zh: "照片中有几份证书的二维码，请一次只拍一份。", en: "The photo has the codes of several certificates; take one at a time.")

    static let otherCode = Problem(
        status: .unprocessableContent, type: "other-code",
        zh: "图片中的二维码不是证书的。", en: "The QR code in the picture is not that of a certificate.")

    private static let pictureTypes: HTTPFields = [.accept: "image/jpeg, image/png, image/webp"]

    static func photo(_ problem: PhotoReader.Problem) -> Problem {
        let words = problem.code.text
        return switch problem.code {
        case .heif:
            Problem(
                status: .unsupportedMediaType, type: "heif-picture", words, headers: pictureTypes)
        case .pdf, .unknownFormat:
            Problem(
                status: .unsupportedMediaType, type: "not-a-picture", words,
                headers: pictureTypes)
        case .tooLarge: Problem(status: .contentTooLarge, type: "too-large", words)
        case .damaged: Problem(status: .unprocessableContent, type: "damaged-picture", words)
        case .noMemory: Problem(status: .serviceUnavailable, type: "busy", words, retryAfter: 5)
        }
    }

    /// Nothing is known of the file itself.
    init(_ failure: ParsingFailure) {
        self =
            failure == .unavailable
            ? .busy
            : Problem(
                status: .unprocessableContent, type: "unreadable-file",
                zh: "文件无法在限度内读完。请换一张图片，或缩小后再试。",
                en: "The file could not be read within the limits; send another picture or a smaller one.")
    }

    /// One answer for a number that nobody has and for one whose holder is another.
    static let noMatch = Problem(
        status: .notFound, type: "no-match",
        zh: "没有编号与姓名（或证件号）相符的证书，请核对。", en: "No certificate has this number together with this name or identity number.")

    static let noLookup = Problem(
        status: .notFound, type: "lookup-unavailable", zh: "本站不提供按编号查询，请使用二维码。",
        en: "This site does not look numbers up; use the QR code.")
}

extension PhotoReader.Problem.Code {
    fileprivate var text: BilingualText {
        switch self {
        case .unknownFormat:
            BilingualText(zh: "这不是 JPEG、PNG 或 WebP 图片。", en: "This is not a JPEG, PNG or WebP picture.")
        case .heif:
            BilingualText(
                zh: "不支持 HEIC 和 AVIF 图片，请截屏，或另存为 JPEG。",
                en: "HEIC and AVIF pictures are not read; take a screenshot of it, or save it as JPEG.")
        case .pdf: BilingualText(zh: "这是 PDF，不是图片。", en: "This is a PDF, not a picture.")
        case .damaged:
            BilingualText(zh: "图片已损坏或不完整，请重新提交。", en: "The picture is damaged or cut short; send it again.")
        case .tooLarge:
            BilingualText(
                zh: "图片过大：最大 12 MiB；JPEG 最多 5000 万像素，其他 2500 万。",
                en: "The picture is too large; send one of at most 12 MiB, 50 megapixels as JPEG or 25 otherwise.")
        case .noMemory:
            BilingualText(zh: "服务器内存不足，请稍后再试。", en: "There is not enough memory to read it now; try again.")
        }
    }
}
