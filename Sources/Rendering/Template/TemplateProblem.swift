import Encodings
import Errors

/// Why a template cannot be used. The words name the place in the file.
package enum TemplateProblem: Explained, Equatable {
    case malformed(String, BilingualText)
    case unknownKey(String, key: String, known: [String])
    case unknownField(String, field: String)
    case unknownReference(String, kind: String, name: String, known: [String])
    case missingPart(BilingualText)
    case illegible(String, String, BilingualText)
    case unusableFile(String)

    package var category: ErrorCategory { .configuration }
    package var codeName: String { "template" }

    package var words: BilingualText {
        switch self {
        case .malformed(let place, let reason):
            BilingualText(
                zh: "模板的 \(place) 无法读取：\(reason.zh)", en: "the template's \(place) cannot be read: \(reason.en)")
        case .unknownKey(let place, let key, let known):
            BilingualText(
                zh: "模板的 \(place) 有未知的键 \(key)；已知的有 \(known.joined(separator: "、"))",
                en: "the template's \(place) has the unknown key \(key); known are \(known.joined(separator: ", "))")
        case .unknownField(let place, let field):
            BilingualText(
                zh: "模板的 \(place) 要用 {\(field)}；可用的字段有 "
                    + DocumentField.allCases.map(\.rawValue).joined(separator: "、"),
                en: "the template's \(place) asks for {\(field)}; fields are "
                    + DocumentField.allCases.map(\.rawValue).joined(separator: ", "))
        case .unknownReference(let place, let kind, let name, let known):
            BilingualText(
                zh: "模板的 \(place) 指定的 \(kind) \(name) 没有定义；已定义的有 \(known.joined(separator: "、"))",
                en: "the template's \(place) names the \(kind) \(name), which it does not define; it has "
                    + known.joined(separator: ", "))
        case .missingPart(let part):
            BilingualText(
                zh: "模板缺少证书必须显示的\(part.zh)", en: "the template lacks \(part.en), which a certificate must show")
        case .illegible(let place, let part, let reason):
            BilingualText(
                zh: "模板的 \(place) 遮住了证书必须显示的 \(part)：\(reason.zh)",
                en: "the template's \(place) hides \(part), which a certificate must show: it \(reason.en)")
        case .unusableFile(let reason):
            BilingualText(zh: "无法读取模板：\(reason)", en: "the template cannot be read: \(reason)")
        }
    }
}

extension [any CodingKey] {
    /// `elements[3].style`, as people write it.
    var dotted: String {
        var text = ""
        for key in self {
            if let index = key.intValue {
                text += "[\(index)]"
            } else {
                text += text.isEmpty ? key.stringValue : "." + key.stringValue
            }
        }
        return text.isEmpty ? "top level" : text
    }
}

extension Decoder {
    func refuseUnknownKeys<Keys: CodingKey & CaseIterable>(besides _: Keys.Type) throws {
        let known = Keys.allCases.map(\.stringValue)
        if let key = try unknownKey(besides: known) {
            throw TemplateProblem.unknownKey(codingPath.dotted, key: key, known: known)
        }
    }
}
