import Encodings
import Errors
import Signing

/// The JWT form (Token Status List §5.1).
private struct Payload: Codable {
    struct List: Codable {
        var bits: Int
        var lst: String
    }

    var sub: String
    var iat: Int
    var exp: Int?
    var ttl: Int?
    var trustSequence: Int?
    var statusList: List

    enum CodingKeys: String, CodingKey {
        case sub, iat, exp, ttl
        case statusList = "status_list"
        case trustSequence = "trust_sequence"
    }
}

extension StatusListClaims {
    package static let jwtType = "statuslist+jwt"

    package func jwt(signedBy key: PrivateKey) throws -> [UInt8] {
        let payload = Payload(
            sub: uri, iat: issuedAt, exp: expiresAt, ttl: timeToLive, trustSequence: trustSequence,
            statusList: .init(bits: bits, lst: Base64URL.encode(deflated)))
        return try Array(CompactJWS.signed(payload, type: Self.jwtType, by: key).utf8)
    }
}

extension UnverifiedStatusToken {
    init(jwt bytes: [UInt8]) throws(FormatError) {
        let malformed = FormatError(
            .malformed, zh: "状态列表不是其规定的紧凑 JWS", en: "the status list is not a compact JWS of one")
        guard let jws = String(validating: bytes, as: UTF8.self).flatMap({ CompactJWS($0) }), let header = jws.header
        else { throw malformed }
        guard header.type == StatusListClaims.jwtType else {
            throw FormatError(
                .wrongType, zh: "JWS 的类型不是 \(StatusListClaims.jwtType)",
                en: "the JWS is of another type than \(StatusListClaims.jwtType)")
        }
        guard let signature = jws.signature, let payload = jws.content(as: Payload.self),
            let list = Base64URL.decode(payload.statusList.lst)
        else { throw malformed }
        self.init(
            algorithm: .name(header.algorithm), keyID: header.keyID,
            unverifiedClaims: try StatusListClaims(
                uri: payload.sub, issuedAt: payload.iat, expiresAt: payload.exp, timeToLive: payload.ttl,
                trustSequence: payload.trustSequence, bits: payload.statusList.bits, deflated: list
            ).checked(), signedBytes: jws.signedBytes, signature: signature)
    }
}
