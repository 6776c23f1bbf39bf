import Encodings
import Errors

/// The text in a certificate's QR code: `https://HOST/c#DIGITS`.
///
/// The fragment never reaches a server, and HOST is never trusted: it only opens a page.
package enum QRText {
    package static func text(host: String, seal: [UInt8]) -> String {
        "https://\(host)/c#" + DecimalDigits.encode(seal)
    }

    /// The seal's bytes from a QR text as ``text(host:seal:)`` makes it, or from its digits alone; surrounding white
    /// space is ignored. What people and programs make of such texts is for ``SealSearch``.
    package static func sealBytes(in text: some StringProtocol) throws(FormatError) -> [UInt8] {
        var utf8 = Substring(text).utf8[...]
        while let first = utf8.first, isSpace(first) { utf8.removeFirst() }
        while let last = utf8.last, isSpace(last) { utf8.removeLast() }
        if utf8.starts(with: "HC1:".utf8) {
            throw FormatError(
                .foreignFormat, zh: "这是其他系统（HC1）的二维码，不是 Signet 证书",
                en: "this is a code of another system (HC1), not a Signet certificate")
        }
        guard let hash = utf8.firstIndex(of: 0x23) else {
            guard let first = utf8.first, (0x30...0x39).contains(first) else {
                throw FormatError(
                    .foreignFormat, zh: "这不是 Signet 二维码的内容（https://…/c#数字）",
                    en: "this is not the text of a Signet QR code (https://…/c#digits)")
            }
            return try DecimalDigits.decode(utf8)
        }
        return try DecimalDigits.decode(utf8[utf8.index(after: hash)...])
    }

    private static func isSpace(_ character: UInt8) -> Bool {
        character == 0x20 || (0x09...0x0D).contains(character)
    }
}
