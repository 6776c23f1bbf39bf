import Encodings
import Errors
import FoundationEssentials

/// What the browser says it asked the authenticator (Web Authentication Level 3 §5.8.1).
struct CollectedClientData {
    enum Kind: String {
        case create = "webauthn.create"
        case get = "webauthn.get"
    }

    private static let mostBytes = 4096

    private let fields: Fields

    /// §7.1 "Let JSONtext be the result of running UTF-8 decode", §7.2 likewise: strict here, one object, no member twice.
    init(_ bytes: [UInt8]) throws(WebAuthnError) {
        guard bytes.count <= Self.mostBytes, (try? UTF8Span(validating: bytes.span)) != nil,
            bytes.first == UInt8(ascii: "{"), bytes.withUnsafeBytes(StrictJSON.isAcceptable),
            let fields = try? JSONDecoder().decode(Fields.self, from: Data(bytes))
        else { throw .malformed("clientDataJSON") }
        self.fields = fields
    }

    /// §7.1 and §7.2: `type`, `challenge`, `origin`, `crossOrigin` and `topOrigin`, in that order.
    func check(_ kind: Kind, challenge: [UInt8], origin: String) throws(WebAuthnError) {
        guard fields.type == kind.rawValue else {
            throw WebAuthnError(
                .wrongType, zh: "通行密钥的回答属于另一种操作，请重新开始",
                en: "the passkey's answer is to another kind of question; begin again")
        }
        guard fields.challenge == Base64URL.encode(challenge) else {
            throw WebAuthnError(
                .wrongChallenge, zh: "通行密钥回答的不是这一次的询问，请重新开始",
                en: "the passkey's answer is to another question than this one; begin again")
        }
        guard fields.origin == origin else {
            throw WebAuthnError(
                .wrongOrigin, zh: "通行密钥是在别的网站上用的；请只从门户自己的地址登录",
                en: "the passkey was used at another site; sign in at the portal's own address only")
        }
        // No page of ours stands in another's frame.
        guard !fields.crossOrigin, !fields.hasTopOrigin else {
            throw WebAuthnError(
                .wrongOrigin, zh: "登录页被嵌在别的网站里；请直接打开门户的地址",
                en: "the sign-in page was framed by another site; open the portal's address itself")
        }
    }
}

private struct Fields: Decodable {
    let type, challenge, origin: String
    let crossOrigin, hasTopOrigin: Bool

    private enum Name: String, CodingKey { case type, challenge, origin, crossOrigin, topOrigin }

    init(from decoder: any Decoder) throws {
        let object = try decoder.container(keyedBy: Name.self)
        type = try object.decode(String.self, forKey: .type)
        challenge = try object.decode(String.self, forKey: .challenge)
        origin = try object.decode(String.self, forKey: .origin)
        crossOrigin = object.contains(.crossOrigin) ? try object.decode(Bool.self, forKey: .crossOrigin) : false
        hasTopOrigin = object.contains(.topOrigin)
    }
}
