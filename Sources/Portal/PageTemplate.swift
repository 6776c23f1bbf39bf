import Errors
import Mustache

/// A template of one page within the layout of all, whose every name must be given.
///
/// The library prints nothing for a name that is missing, and escapes by `Character`, so that a quotation mark with a
/// combining sign behind it passes; hence the names are compared here, and the escaping is our own.
struct PageTemplate: Sendable {
    /// Chosen by the first line of every template; a partial would fall back to the library's, so there are none.
    static let pragma = "{{% CONTENT_TYPE:PORTAL}}\n"
    private static let place = "{{! body }}\n"

    private let template: MustacheTemplate
    private let names: TemplateNames

    /// - Throws: ``Refusal`` for a template without the pragma, or that writes anything unescaped.
    init(_ body: [UInt8], in layout: [UInt8]) throws {
        let (body, layout) = try (Self.checked(body), Self.checked(layout))
        let text = Self.pragma + layout.replacing(Self.place, with: body)
        MustacheContentTypes.register(ByteEscaping(), named: "PORTAL")
        names = try TemplateNames(text)
        template = try MustacheTemplate(string: text)
    }

    /// - Throws: ``Refusal`` naming what is not given.
    func render(_ values: [String: Any]) throws -> String {
        if let missing = names.missing(from: [values]) {
            throw Refusal(.defect, zh: "页面缺少 \(missing) 的值", en: "a page lacks the value of \(missing)")
        }
        return template.render(values)
    }

    private static func checked(_ bytes: [UInt8]) throws -> String {
        let text = String(decoding: bytes, as: UTF8.self)
        guard text.hasPrefix(pragma) else {
            throw Refusal(
                .defect, zh: "模板没有以转义声明开头", en: "a template does not begin with its pragma")
        }
        let body = text.dropFirst(pragma.count)
        for mark in ["{{{", "{{&", "{{%", "{{>", "{{<", "{{="] where body.contains(mark) {
            throw Refusal(.defect, zh: "模板里有 \(mark)", en: "a template has \(mark)")
        }
        return String(body)
    }
}

/// Writes five characters of HTML as references, byte by byte: whatever stands beside them.
struct ByteEscaping: MustacheContentType {
    func escapeText(_ text: String) -> String {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(text.utf8.count + 16)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "&"): bytes += "&amp;".utf8
            case UInt8(ascii: "<"): bytes += "&lt;".utf8
            case UInt8(ascii: ">"): bytes += "&gt;".utf8
            case UInt8(ascii: "\""): bytes += "&quot;".utf8
            case UInt8(ascii: "'"): bytes += "&#39;".utf8
            default: bytes.append(byte)
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }
}
