import PDFSignature
import Signing

extension WireWriter {
    mutating func append(_ document: SignedPDF) {
        append(document.signer?.bytes ?? [])
        append(document.signingTime)
        append(document.attachment == nil ? 0 : 1)
        if let attachment = document.attachment {
            append(attachment.name)
            append(attachment.mediaType)
            append(attachment.bytes)
        }
        append(document.textRuns)
    }
}

extension SignedPDF {
    init(_ bytes: [UInt8], whole _: Void) throws(ParsingFailure) {
        var reader = WireReader(bytes)
        let signer = KeyID(bytes: try reader.content())
        let time = try reader.integer()
        var attachment: PDFAttachment?
        if try reader.integer() != 0 {
            attachment = PDFAttachment(
                name: try reader.text(), mediaType: try reader.text(), bytes: try reader.content())
        }
        let runs = try reader.texts()
        try reader.end()
        self.init(signer: signer, signingTime: time, attachment: attachment, textRuns: runs)
    }
}
