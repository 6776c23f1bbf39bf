import Errors
import Glibc

/// UTF-8 to GB18030, by the C library.
package final class GB18030Encoder {
    private let converter: iconv_t

    package init() throws {
        guard let converter = iconv_open("GB18030", "UTF-8"), Int(bitPattern: converter) != -1 else {
            throw Refusal(
                .library, zh: "C 语言库不支持 GB18030（软件包 libc-bin 或 locales）",
                en: "the C library has no GB18030 (package libc-bin or locales)")
        }
        self.converter = converter
    }

    deinit { iconv_close(converter) }

    /// - Parameter text: whole characters.
    package func encode(_ text: [UInt8]) throws -> [UInt8] {
        var input = text.map { CChar(bitPattern: $0) }
        // No character takes more than twice as many bytes in GB18030 as in UTF-8.
        var output = [CChar](repeating: 0, count: text.count * 2 + 16)
        let written: Int? = input.withUnsafeMutableBufferPointer { source in
            output.withUnsafeMutableBufferPointer { target in
                var (from, to) = (source.baseAddress, target.baseAddress)
                var (fromLeft, toLeft) = (source.count, target.count)
                _ = iconv(converter, &from, &fromLeft, &to, &toLeft)
                return fromLeft == 0 ? target.count - toLeft : nil
            }
        }
        guard let written else {
            throw Refusal(.defect, zh: "示例文本不能写成 GB18030", en: "sample text cannot be written as GB18030")
        }
        return output.prefix(written).map { UInt8(bitPattern: $0) }
    }
}
