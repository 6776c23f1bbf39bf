import Errors
import Signing

/// The compact JWS around a trust list.
extension TrustList {
    private static let type = "trust-list+jwt"

    /// Signs with the authority's root key and gives the compact JWS.
    package func signed(by root: PrivateKey) throws -> String {
        try CompactJWS.signed(self, type: Self.type, by: root)
    }

    /// Checks the signature under the pinned root before anything in the list is read.
    static func checked(jws text: String, root: PublicKey) throws -> TrustList {
        let jws = try parts(text)
        guard let header = jws.header else {
            throw TrustError(.malformed, zh: "信任列表的头部不合规定", en: "the trust list's header is not what it must be")
        }
        guard header.type == type else {
            throw TrustError(.wrongType, zh: "JWS 的类型不是 \(type)", en: "the JWS is of another type than \(type)")
        }
        // The algorithm is the pinned key's; the header must only agree.
        guard header.algorithm == root.algorithm.name, header.keyID == root.kid.description else {
            throw TrustError(
                .wrongKey, zh: "信任列表不是由指定的根密钥 \(root.kid) 签名的",
                en: "the trust list is signed with another key than the pinned root \(root.kid)")
        }
        guard try jws.isSigned(by: root) else {
            throw TrustError(
                .invalidSignature, zh: "信任列表的签名有误；请重新获取", en: "the trust list's signature is wrong; get the list again")
        }
        return try content(of: jws)
    }

    /// The institutions' keys in a list whose bytes are known to be those that were published: no signature is checked.
    package static func institutionKeys(recorded jws: String) throws(TrustError) -> [PublicKey] {
        var keys: [PublicKey] = []
        for entry in try content(of: parts(jws)).institutions.flatMap(\.keys) { keys.append(try entry.checkedKey()) }
        return keys
    }

    private static func parts(_ text: String) throws(TrustError) -> CompactJWS {
        guard let jws = CompactJWS(text) else {
            throw TrustError(.malformed, zh: "信任列表不是紧凑 JWS", en: "the trust list is not a compact JWS")
        }
        return jws
    }

    private static func content(of jws: CompactJWS) throws(TrustError) -> TrustList {
        guard jws.payload != nil else {
            throw TrustError(.malformed, zh: "信任列表的内容不是 base64url", en: "the trust list's payload is not base64url")
        }
        guard let list = jws.content(as: TrustList.self) else {
            throw TrustError(.malformed, zh: "信任列表的内容不合格式", en: "the trust list's content does not follow its format")
        }
        return list
    }
}
