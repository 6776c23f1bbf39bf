/// Short texts, such as names of files, in one of the encodings that are met in China.
package enum LegacyText {
    /// As UTF-8 when it is that, else as GB18030; damaged characters become U+FFFD.
    package static func decode(_ bytes: [UInt8]) -> String {
        if let text = String(validating: bytes, as: UTF8.self) { return text }
        let converted = Transcoder.utf8(from: bytes, encoding: SheetEncoding.gb18030.rawValue)
        return String(decoding: converted.stop == .none ? converted.text : bytes, as: UTF8.self)
    }
}
