import Credential
import Encodings
import Signing

/// What is approved of a batch, line by line: which rows, and all else that is signed or printed of them. An officer
/// names the digest of its text.
package struct BatchStatement: Hashable, Sendable {
    /// SHA-256 of the rows that are certified, and of what.
    package let content: [UInt8]
    package let institution: InstitutionID
    package let awardDate: CalendarDate
    /// With which the certificates are signed.
    package var key: KeyID
    /// By which the rows were judged.
    package let registryVersion: Int
    package var look: DocumentLook

    package init(
        content: [UInt8], institution: InstitutionID, awardDate: CalendarDate, key: KeyID, registryVersion: Int,
        look: DocumentLook
    ) {
        self.content = content
        self.institution = institution
        self.awardDate = awardDate
        self.key = key
        self.registryVersion = registryVersion
        self.look = look
    }

    package var text: String {
        ([
            Self.head, "content \(Hex.encode(content))", "institution \(institution)", "award-date \(awardDate)",
            "key \(key)", "registry \(registryVersion)",
        ] + look.lines).map { $0 + "\n" }.joined()
    }

    package var digest: [UInt8] { get throws(SigningError) { try SHA256.digest(Array(text.utf8)) } }

    /// Nil for anything but a text as this type writes it.
    package init?(text: String) {
        var values: [Substring: String] = [:]
        let lines = text.split(separator: "\n")
        for line in lines.dropFirst() {
            guard let space = line.firstIndex(of: " ") else { return nil }
            values[line[..<space]] = String(line[space...].dropFirst())
        }
        guard let content = values["content"].flatMap({ Hex.decode($0) }), let institution = values["institution"],
            let awardDate = values["award-date"].flatMap({ CalendarDate(iso8601: $0) }),
            let key = values["key"].flatMap({ KeyID(hex: $0) }), let registry = values["registry"].flatMap({ Int($0) })
        else { return nil }
        self.content = content
        self.institution = InstitutionID(institution)
        self.awardDate = awardDate
        self.key = key
        registryVersion = registry
        look = DocumentLook(values)
        guard self.text == text else { return nil }
    }

    private static let head = "signet-batch-3"
}

/// How a batch's documents look: SHA-256 of each part that decides it.
package struct DocumentLook: Hashable, Sendable {
    package enum Part: String, CaseIterable, Sendable {
        case template
        case sealImage = "seal-image"
        /// That the template names.
        case pictures
        case fonts
        /// Of all rows.
        case photos
    }

    /// What is missing is not printed.
    package private(set) var parts: [Part: [UInt8]]

    package init(_ parts: [Part: [UInt8]] = [:]) { self.parts = parts }

    /// The same look with other photos.
    ///
    /// - Parameter photos: SHA-256 of each row's photo.
    package func with(photos: [Int: [UInt8]]) throws(SigningError) -> DocumentLook {
        var look = self
        look.parts[.photos] = photos.isEmpty ? nil : try Self.digest(of: photos)
        return look
    }

    /// The parts that are not as they are in another.
    package func differences(from other: DocumentLook) -> [Part] {
        Part.allCases.filter { parts[$0] != other.parts[$0] }
    }

    fileprivate init(_ values: [Substring: String]) {
        parts = [:]
        for part in Part.allCases { parts[part] = values[Substring(part.rawValue)].flatMap { Hex.decode($0) } }
    }

    fileprivate var lines: [String] {
        Part.allCases.map { "\($0.rawValue) \(parts[$0].map { Hex.encode($0) } ?? "none")" }
    }

    private static func digest(of photos: [Int: [UInt8]]) throws(SigningError) -> [UInt8] {
        let lines = photos.sorted { $0.key < $1.key }.map { "\($0.key) \(Hex.encode($0.value))\n" }
        return try SHA256.digest(Array(lines.joined().utf8))
    }
}

extension Batch {
    /// Nil when the database has something else in its place.
    package var statement: BatchStatement? { BatchStatement(text: approved.statement) }
}

extension BatchApproval {
    package init(_ statement: BatchStatement, _ approval: Approval) throws(SigningError) {
        self.init(digest: try statement.digest, statement: statement.text, approval: approval)
    }
}
