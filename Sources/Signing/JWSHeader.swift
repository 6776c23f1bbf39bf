import Encodings
import FoundationEssentials

/// The header of our compact JWSs (RFC 7515): algorithm, key and type, and nothing by which a message
/// would choose its own key or meaning.
package struct JWSHeader: Equatable, Sendable {
    package let algorithm: String
    /// In hexadecimal.
    package let keyID: String
    package let type: String

    private static let refusedFields = ["jwk", "jku", "x5u", "x5c", "crit", "b64"]

    init(type: String, key: PublicKey) {
        self.init(algorithm: key.algorithm.name, keyID: key.kid.description, type: type)
    }

    private init(algorithm: String, keyID: String, type: String) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.type = type
    }

    /// Nil unless it is a flat object of texts, each once, with all three and none of the refused.
    init?(decoding part: some StringProtocol) {
        guard let bytes = Base64URL.decode(part),
            let fields = try? JSONDecoder().decode([String: String].self, from: Data(bytes)),
            // A field that stands twice would mean one thing here and another elsewhere.
            Self.memberCount(ofFlatObject: bytes) == fields.count,
            let alg = fields["alg"], let kid = fields["kid"], let typ = fields["typ"],
            !Self.refusedFields.contains(where: { fields[$0] != nil })
        else { return nil }
        self.init(algorithm: alg, keyID: kid, type: typ)
    }

    /// In base64url.
    func encoded() throws -> String {
        try Base64URL.encode(StableJSON.encode(["alg": algorithm, "kid": keyID, "typ": type]))
    }

    /// Members of a JSON object whose values are texts, counted by the colons outside of texts.
    private static func memberCount(ofFlatObject json: [UInt8]) -> Int {
        var (count, isInText, isEscaped) = (0, false, false)
        for byte in json {
            if isInText {
                if isEscaped {
                    isEscaped = false
                } else if byte == 0x5C {
                    isEscaped = true
                } else if byte == 0x22 {
                    isInText = false
                }
            } else if byte == 0x22 {
                isInText = true
            } else if byte == 0x3A {
                count += 1
            }
        }
        return count
    }
}
