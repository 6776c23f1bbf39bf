import Encodings
import Errors

/// Why a template cannot be used. Descriptions name the place in the file.
package enum TemplateProblem: Error, Equatable, CustomStringConvertible {
    case malformed(String, String)
    case unknownKey(String, key: String, known: [String])
    case unknownField(String, field: String)
    case unknownReference(String, kind: String, name: String, known: [String])
    case missingPart(String)
    case illegible(String, String, String)
    case unusableFile(String)

    package var description: String {
        switch self {
        case .malformed(let place, let reason):
            "the template's \(place) cannot be read: \(reason)"
        case .unknownKey(let place, let key, let known):
            "the template's \(place) has the unknown key \(key); known are \(known.joined(separator: ", "))"
        case .unknownField(let place, let field):
            "the template's \(place) asks for {\(field)}; fields are "
                + DocumentField.allCases.map(\.rawValue).joined(separator: ", ")
        case .unknownReference(let place, let kind, let name, let known):
            "the template's \(place) names the \(kind) \(name), which it does not define; it has "
                + known.joined(separator: ", ")
        case .missingPart(let part):
            "the template lacks \(part), which a certificate must show"
        case .illegible(let place, let part, let reason):
            "the template's \(place) hides \(part), which a certificate must show: it \(reason)"
        case .unusableFile(let reason):
            "the template cannot be read: \(reason)"
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

extension TemplateProblem: Explained {
    package var category: ErrorCategory { .configuration }
    package var codeName: String { "template" }
    package var words: BilingualText { BilingualText(zh: description, en: description) }
}
