import Credential
import Errors
import Verification

/// Why a row has no verdict of a seal or document, or another than those alone would give. The raw values are part
/// of the API.
package enum RowProblem: String, Sendable, CaseIterable {
    case nothingToCheck = "nothing-to-check"
    case needsService = "needs-service"
    case needsKey = "needs-key"
    case malformedNumber = "malformed-number"
    case noMatch = "no-match"
    case askedTooOften = "asked-too-often"
    case contradictsRow = "contradicts-row"
    case nameDiffers = "name-differs"
    case noCode = "no-code"
    case otherCode = "other-code"
    case severalCodes = "several-codes"
    case unreadableFile = "unreadable-file"
    case unsupportedFile = "unsupported-file"
    case fileTooLarge = "file-too-large"

    /// Only a contradiction says something of what was shown; all others say that nothing is known.
    var outcome: Outcome { self == .contradictsRow ? .notValid : .couldNotCheck }

    package var text: BilingualText {
        switch self {
        case .nothingToCheck:
            BilingualText(
                zh: "本行既没有二维码内容，也没有证书编号和姓名，请补充。",
                en: "The row has neither a QR text nor a number and a name. Add one.")
        case .needsService:
            BilingualText(
                zh: "按编号核验需要发证机构的服务，离线无法进行；请提供二维码内容。",
                en: "Checking by number needs the issuer's service and cannot be done offline. Give the QR text.")
        case .needsKey:
            BilingualText(
                zh: "批量按编号核验需要接口密钥，请向发证机构申请，或提供二维码内容。",
                en: "Checking many by number needs an API key. Ask the authority for one, or give the QR texts.")
        case .malformedNumber:
            BilingualText(
                zh: "证书编号格式不对：应为一个字母加 21 位数字，请核对。",
                en: "This is not the form of a certificate number, one letter and 21 digits. Look for typing errors.")
        case .noMatch:
            BilingualText(
                zh: "没有编号与姓名（或证件号）相符的证书，请核对是否有误，或请持证人出示二维码。",
                en:
                    "No certificate has this number and name. Look for typing errors, or ask the holder for the QR code."
            )
        case .askedTooOften:
            BilingualText(
                zh: "此编号查询过于频繁，请过几分钟再试。", en: "This number was asked about too often. Try again in some minutes.")
        case .contradictsRow:
            BilingualText(
                zh: "二维码是另一份证书的：编号或姓名与本行不符。",
                en: "The QR code is of another certificate: its number or name is not that of this row.")
        case .nameDiffers:
            BilingualText(
                zh: "本行的姓名与证书上的写法不同，请核对是否同一人。",
                en:
                    "The name of this row is written otherwise than the certificate's. See whether it is the same person."
            )
        case .noCode:
            BilingualText(
                zh: "图片中没有找到二维码，请重新拍摄；名单请以 .xlsx 或 .csv 提交，不要拍照。",
                en:
                    "No QR code was found in the picture. Take it again; give a list as .xlsx or .csv, not as a picture."
            )
        case .otherCode:
            BilingualText(
                zh: "图片中的二维码不是证书的。", en: "The QR code in the picture is not that of a certificate.")
        case .severalCodes:
            BilingualText(
                zh: "图片中有几份证书，请每份一张图片。", en: "The picture has several certificates. Give one picture for each.")
        case .unreadableFile:
            BilingualText(
                zh: "文件已损坏，或无法在限度内读完，请重新获取。",
                en: "The file is damaged, or cannot be read within the limits. Get it again.")
        case .unsupportedFile:
            BilingualText(
                zh: "不支持这种文件，请提供 PDF、JPEG、PNG 或 WebP。",
                en: "This kind of file is not read. Give PDF, JPEG, PNG or WebP.")
        case .fileTooLarge: BilingualText(zh: "文件过大，请缩小后再试。", en: "The file is too large. Make it smaller.")
        }
    }
}
