import Errors

/// Why a QR symbol, or a picture of it, could not be made. The words never repeat the text.
package enum QRProblem: Explained, Equatable {
    case malformedText
    /// `version` is nil when the text does not even fit version 40.
    case doesNotFit(version: Int?, limit: Int, addressBytes: Int, digits: Int)
    case libraryFailed(String)
    case unusableScale(Int)

    package var category: ErrorCategory { .refused }
    package var codeName: String { "qr" }

    package var words: BilingualText {
        switch self {
        case .malformedText:
            BilingualText(
                zh: "二维码内容应为 https://HOST/c#DIGITS，且只含 ASCII 字符",
                en: "a QR text must read https://HOST/c#DIGITS, with ASCII characters only")
        case .doesNotFit(let version, let limit, let addressBytes, let digits):
            BilingualText(
                zh: "二维码内容需要\(version.map { "版本 \($0)" } ?? "超过版本 40")，上限是版本 \(limit)；"
                    + "请缩短主机名（# 之前共 \(addressBytes) 字节），或证书中的名称和状态地址（\(digits) 位数字）",
                en:
                    "the QR text needs \(version.map { "version \($0)" } ?? "more than version 40"), the limit is \(limit); "
                    + "shorten the host name (\(addressBytes) bytes up to #), or the names and the status address in the "
                    + "seal (\(digits) digits)")
        case .libraryFailed(let reason):
            BilingualText(zh: "无法生成二维码图片：\(reason)", en: "the QR picture could not be made: \(reason)")
        case .unusableScale(let scale):
            BilingualText(
                zh: "不能生成每个模块 \(scale) 像素的二维码图片；请选 \(QRSymbol.scales)",
                en: "a QR picture of \(scale) pixels a module cannot be made; choose \(QRSymbol.scales)")
        }
    }
}
