extension Decoder {
    /// A name of the object that is none of the known; nil where all are. A misspelt setting must not pass for one that
    /// was left out.
    package func unknownKey(besides known: [String]) throws -> String? {
        try container(keyedBy: AnyKey.self).allKeys.map(\.stringValue).first { !known.contains($0) }
    }
}

private struct AnyKey: CodingKey {
    let stringValue: String
    var intValue: Int? { nil }
    init(stringValue: String) { self.stringValue = stringValue }
    init?(intValue: Int) { nil }
}
