import Encodings
import Errors
import FoundationEssentials

/// What an act was about, in fields. docs/formats/audit-log.md specifies them.
package struct AuditSubject: Hashable, Sendable, ExpressibleByDictionaryLiteral {
    /// The raw values are part of the format.
    package enum Field: String, Sendable, CaseIterable {
        /// A person's account in the portal, in hexadecimal.
        case account
        case apiKey = "api-key"
        /// What is approved, and of which thing.
        case approval
        case batch, campaign, cause
        /// The first 16 bytes of SHA-256 over the certificate's id, in hexadecimal: who has the certificate can find its acts.
        case certificate
        /// How many.
        case certificates
        /// What became different with an account.
        case change
        case checkpoint
        /// The first 16 bytes of SHA-256 over the id of a passkey or key, in hexadecimal.
        case credential
        /// How many.
        case documents, entries
        /// By its number.
        case evidence
        case firstLost = "first-lost"
        case hour, institution, key
        case lastLost = "last-lost"
        case list, part, place
        /// How many.
        case places
        case print, purpose, record
        case registry = "registry-version"
        case roles, row, rule
        /// By their numbers.
        case sheet, submission
        case transition
        case trustList = "trust-list"
    }

    package enum Value: Hashable, Sendable {
        case number(Int)
        case text(String)
    }

    package private(set) var fields: [Field: Value]

    package init(dictionaryLiteral fields: (Field, Value)...) {
        self.fields = Dictionary(uniqueKeysWithValues: fields)
    }

    /// Nil leaves a field out.
    package func with(_ field: Field, _ value: Value?) -> AuditSubject {
        var subject = self
        subject.fields[field] = value
        return subject
    }

    package subscript(number field: Field) -> Int? {
        guard case .number(let number) = fields[field] else { return nil }
        return number
    }

    package subscript(text field: Field) -> String? {
        guard case .text(let text) = fields[field] else { return nil }
        return text
    }

    /// A JSON object (RFC 8259), its names in ascending order and without spaces: one text for one subject.
    package var json: String {
        get throws {
            String(decoding: try StableJSON.encode(self), as: UTF8.self)
        }
    }

    /// - Throws: ``AuditProblem`` for anything but a text as ``json`` has it.
    package init(json: String) throws {
        guard let subject = try? JSONDecoder().decode(AuditSubject.self, from: Data(json.utf8)),
            try subject.json == json
        else {
            throw AuditProblem(
                .altered, zh: "有一个操作的对象不符合格式", en: "the subject of an act is not in the form of the format")
        }
        self = subject
    }
}

extension AuditSubject: Codable {
    package init(from decoder: any Decoder) throws {
        let values = try decoder.singleValueContainer().decode([String: Value].self)
        fields = [:]
        for (name, value) in values {
            guard let field = Field(rawValue: name) else {
                throw AuditProblem(
                    .altered, zh: "有一个操作含有本版本不认识的字段", en: "an act names a field that this version does not know")
            }
            fields[field] = value
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(Dictionary(uniqueKeysWithValues: fields.map { ($0.key.rawValue, $0.value) }))
    }
}

extension AuditSubject.Value: Codable {
    package init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        if let number = try? container.decode(Int.self) {
            self = .number(number)
        } else {
            self = .text(try container.decode(String.self))
        }
    }

    package func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        switch self {
        case .number(let number): try container.encode(number)
        case .text(let text): try container.encode(text)
        }
    }
}
