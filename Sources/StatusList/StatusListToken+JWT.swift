import Encodings
import Errors
import FoundationEssentials
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
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let payload = Payload(
            sub: uri, iat: issuedAt, exp: expiresAt, ttl: timeToLive, trustSequence: trustSequence,
            statusList: .init(bits: bits, lst: Base64URL.encode(deflated)))
        let header = JWSHeader(algorithm: key.algorithm.name, keyID: key.publicKey.kid.description, type: Self.jwtType)
        let signed = try Base64URL.encode(header.encoded()) + "." + Base64URL.encode(encoder.encode(payload))
        return try Array((signed + "." + Base64URL.encode(Signer(key).sign(Array(signed.utf8)))).utf8)
    }
}

extension UnverifiedStatusToken {
    init(jwt bytes: [UInt8]) throws(FormatError) {
        let malformed = FormatError(.malformed, "the status list is not a compact JWS of one")
        guard var text = String(validating: bytes, as: UTF8.self) else { throw malformed }
        // bounded: each turn takes a byte at least.
        while text.utf8.last.map({ $0 == 0x0A || $0 == 0x0D || $0 == 0x20 }) ?? false { text.removeLast() }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, let header = JWSHeader(decoding: parts[0]) else { throw malformed }
        guard header.type == StatusListClaims.jwtType else {
            throw FormatError(.wrongType, "the JWS is of another type than \(StatusListClaims.jwtType)")
        }
        guard let content = Base64URL.decode(parts[1]), let signature = Base64URL.decode(parts[2]),
            let payload = try? JSONDecoder().decode(Payload.self, from: Data(content)),
            let list = Base64URL.decode(payload.statusList.lst)
        else { throw malformed }
        self.init(
            algorithm: .name(header.algorithm), keyID: header.keyID,
            unverifiedClaims: try StatusListClaims(
                uri: payload.sub, issuedAt: payload.iat, expiresAt: payload.exp, timeToLive: payload.ttl,
                trustSequence: payload.trustSequence, bits: payload.statusList.bits, deflated: list
            ).checked(), signedBytes: Array("\(parts[0]).\(parts[1])".utf8), signature: signature)
    }
}
