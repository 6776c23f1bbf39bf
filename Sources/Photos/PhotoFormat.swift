/// What a file is by its first bytes; its name and declared type are not asked.
package enum PhotoFormat: Sendable {
    case jpeg, png, webp
    /// HEIC and AVIF, which telephones make and no decoder here reads.
    case heif
    case pdf

    /// Nil for anything else.
    package init?(_ bytes: [UInt8]) {
        func has(_ text: String, at offset: Int) -> Bool {
            bytes.dropFirst(offset).starts(with: text.utf8)
        }
        if bytes.starts(with: [0xFF, 0xD8, 0xFF]) {
            self = .jpeg
        } else if bytes.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) {
            self = .png
        } else if has("RIFF", at: 0), has("WEBP", at: 8) {
            self = .webp
        } else if has("%PDF-", at: 0) {
            self = .pdf
        } else if has("ftyp", at: 4), ["hei", "hev", "mif", "msf", "avi"].contains(where: { has($0, at: 8) }) {
            self = .heif
        } else {
            return nil
        }
    }
}
