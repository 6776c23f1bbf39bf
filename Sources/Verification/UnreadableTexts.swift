import Credential
import Errors

extension Reason {
    /// The words for what was given and says nothing either way, and what to give instead.
    var unreadableText: BilingualText {
        switch self {
        case .notASeal:
            BilingualText(
                zh: "这不是证书二维码的内容；请扫描证书上的二维码，或粘贴完整的链接（https://…/c#数字）。",
                en:
                    "This is not the text of a certificate's code. Scan the code, or paste the whole link (https://.../c#digits)."
            )
        case .sealDamaged:
            BilingualText(
                zh: "二维码内容不完整或被改动过（被截断，或被表格软件当成了数字）；请重新扫描或复制原件。",
                en:
                    "The code's text is cut short or damaged, perhaps by a spreadsheet program. Scan or copy the original again."
            )
        case .severalSeals:
            BilingualText(
                zh: "文字中有几份不同证书的二维码内容，请一次核验一份。",
                en: "The text has the codes of several certificates. Check one at a time.")
        case .clockBehind:
            BilingualText(
                zh: "本机时钟早于已签名列表的时间，请校正日期和时间后重试。",
                en: "This computer's clock is behind a signed list's time. Set date and time right and try again.")
        case .documentCopy:
            BilingualText(
                zh: "上面的二维码属实，但这份文件不是原件（可能是打印、扫描或另存的）；文件上的文字和照片请与此处所示逐项核对。",
                en:
                    "The code on it is genuine; this file is not the original (printed, scanned or saved again). Compare what "
                    + "the file says with what is shown here."
            )
        case .documentSeveralCodes:
            BilingualText(
                zh: "这份 PDF 上有几份不同证书的二维码，因此没有核验；请逐份索取原件，或逐个扫描二维码。",
                en:
                    "The PDF has the codes of several certificates, so none was checked. Ask for each original, or scan one code "
                    + "at a time.")
        case .documentEmpty:
            BilingualText(zh: "文件是空的，请重新获取。", en: "The file is empty. Get it again.")
        case .documentDamaged:
            BilingualText(
                zh: "PDF 不完整或已损坏（例如没有下载完），请重新获取原件，或扫描二维码。",
                en: "The PDF is damaged or cut short, perhaps half downloaded. Get it again, or scan the QR code.")
        case .documentEncrypted:
            BilingualText(
                zh: "PDF 被加了密码，已不是签发时的原件；请索取原件，或扫描二维码。",
                en: "The PDF was given a password and is no longer the original. Ask for that, or scan the QR code.")
        case .documentMerged:
            BilingualText(
                zh: "PDF 有多页，可能与其他文件合并过；请索取只有一页的原件，或扫描二维码。",
                en:
                    "The PDF has several pages, perhaps merged with others. Ask for the original of one page, or scan the QR code."
            )
        case .documentSpaceBehind:
            BilingualText(
                zh: "PDF 结尾之后多了空白字符（邮件网关常会添加）；请用 ZIP 压缩后重新发送，或扫描二维码。",
                en:
                    "White space follows the PDF's end, as mail gateways add it. Have it sent in a ZIP, or scan the QR code."
            )
        default:
            BilingualText(
                zh: "这不是签发时的原始 PDF：可能是打印、扫描或被其他软件另存的。请索取原件，或扫描二维码。",
                en:
                    "This is not the PDF as it was signed: printed, scanned or saved again. Ask for the original, or scan the QR code."
            )
        }
    }
}
