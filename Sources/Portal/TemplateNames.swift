import Errors

/// The names that a template uses, section within section.
struct TemplateNames: Sendable {
    private(set) var variables: Set<String> = []
    private(set) var sections: [(name: String, isInverted: Bool, inner: TemplateNames)] = []

    private init() {}

    init(_ text: String) throws {
        var rest = text[...]
        self = try Self.read(&rest, until: nil)
    }

    private static func read(_ rest: inout Substring, until end: String?) throws -> TemplateNames {
        var names = TemplateNames()
        while let start = rest.firstRange(of: "{{") {
            rest = rest[start.upperBound...]
            guard let close = rest.firstRange(of: "}}") else { break }
            let tag = String(rest[..<close.lowerBound])
            rest = rest[close.upperBound...]
            let name = String(tag.dropFirst())
            switch tag.first {
            case "!", "%": continue
            case "#", "^":
                names.sections.append((name, tag.first == "^", try read(&rest, until: name)))
            case "/":
                guard name == end else {
                    throw Refusal(
                        .defect, zh: "模板多关了一节 \(name)", en: "a template closes \(name)")
                }
                return names
            default: names.variables.insert(tag)
            }
        }
        guard end == nil else {
            throw Refusal(
                .defect, zh: "模板没有关上 \(end ?? "")", en: "a template does not close \(end ?? "")")
        }
        return names
    }

    /// The first name that is in none of the scopes, the innermost of which is the last.
    func missing(from scopes: [[String: Any]]) -> String? {
        if let name = variables.first(where: { Self.value($0, in: scopes) == nil }) { return name }
        for section in sections {
            guard let value = Self.value(section.name, in: scopes) else { return section.name }
            let inner: [[[String: Any]]] =
                switch value {
                case let isShown as Bool: isShown != section.isInverted ? [scopes] : []
                case let items as [[String: Any]] where !section.isInverted: items.map { scopes + [$0] }
                case let items as [[String: Any]]: items.isEmpty ? [scopes] : []
                default: []
                }
            for scopes in inner {
                if let name = section.inner.missing(from: scopes) { return "\(section.name).\(name)" }
            }
        }
        return nil
    }

    private static func value(_ name: String, in scopes: [[String: Any]]) -> Any? {
        let parts = name.split(separator: ".").map(String.init)
        guard let first = parts.first, let scope = scopes.last(where: { $0[first] != nil }) else { return nil }
        var value = scope[first]
        for part in parts.dropFirst() { value = (value as? [String: Any])?[part] }
        return value
    }
}
