import Errors

/// Why a QR symbol, or a picture of it, could not be made. Descriptions never repeat the text.
package enum QRProblem: Error, Equatable, CustomStringConvertible {
    case malformedText
    /// `version` is nil when the text does not even fit version 40.
    case doesNotFit(version: Int?, limit: Int, addressBytes: Int, digits: Int)
    case libraryFailed(String)
    case unusableScale(Int)

    package var description: String {
        switch self {
        case .malformedText:
            "a QR text must read https://HOST/c#DIGITS, with ASCII characters only"
        case .doesNotFit(let version, let limit, let addressBytes, let digits):
            "the QR text needs \(version.map { "version \($0)" } ?? "more than version 40"), the limit is \(limit); "
                + "shorten the host name (\(addressBytes) bytes up to #), or the names and the status address in the "
                + "seal (\(digits) digits)"
        case .libraryFailed(let reason):
            "the QR picture could not be made: \(reason)"
        case .unusableScale(let scale):
            "a QR picture of \(scale) pixels a module cannot be made; choose \(QRSymbol.scales)"
        }
    }
}

extension QRProblem: Explained {
    package var category: ErrorCategory { .refused }
    package var codeName: String { "qr" }
    package var words: BilingualText { BilingualText(zh: description, en: description) }
}
