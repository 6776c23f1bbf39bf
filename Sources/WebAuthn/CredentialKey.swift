import Encodings
import Errors
import Signing

/// A passkey's public key, of one of the algorithms that we offer (Web Authentication Level 3 §5.8.5, RFC 9053).
package struct CredentialKey: Sendable {
    /// As `alg` of `pubKeyCredParams`, the one we like best first. Windows Hello on older machines has RS256 alone.
    package static let offeredAlgorithms = [-7, -8, -257]

    private enum Kind {
        case es256(PublicKey)
        case ed25519(PublicKey)
        case rs256(RSAPublicKey)
    }

    private let kind: Kind

    /// - Parameter cose: a COSE_Key (RFC 9052 §7) with exactly the members of its kind.
    package init(cose: [UInt8]) throws(WebAuthnError) {
        do {
            kind = try Self.kind(try Members(cose))
        } catch let error as WebAuthnError {
            throw error
        } catch {
            throw Self.unsupported
        }
    }

    /// Whether the signature is the key's over the message: ECDSA in strict DER, Ed25519 in its 64 bytes, RSA by PKCS #1
    /// v1.5 (§6.5.5 of the specification).
    func isValid(_ signature: [UInt8], for message: [UInt8]) throws -> Bool {
        switch kind {
        case .es256(let key):
            guard let raw = ECDSASignatureEncoding.rawSignature(strictDER: signature) else { return false }
            return try Verifier(key).isValid(raw, for: message)
        case .ed25519(let key):
            return try signature.count == SignatureAlgorithm.signatureByteCount
                && Verifier(key).isValid(signature, for: message)
        case .rs256(let key): return try key.isValid(signature, for: message)
        }
    }

    private static func kind(_ members: Members) throws -> Kind {
        // kty and alg, then crv where there is one: OKP 1, EC2 2, RSA 3; P-256 1, Ed25519 6.
        switch (members.integers[1], members.integers[3], members.integers[-1]) {
        case (2, -7, 1) where members.hasOnly(integers: 3, bytes: [-2: 32, -3: 32]):
            let point = [-2, -3].map { Base64URL.encode(members.bytes[$0] ?? []) }
            return .es256(try PublicKey(jwk: JWK(kty: "EC", crv: "P-256", x: point[0], y: point[1])))
        case (1, -8, 6) where members.hasOnly(integers: 3, bytes: [-2: 32]):
            let x = Base64URL.encode(members.bytes[-2] ?? [])
            return .ed25519(try PublicKey(jwk: JWK(kty: "OKP", crv: "Ed25519", x: x)))
        case (3, -257, nil) where members.integers.count == 2 && members.bytes.count == 2:
            return .rs256(try RSAPublicKey(modulus: members.bytes[-1] ?? [], exponent: members.bytes[-2] ?? []))
        default: throw unsupported
        }
    }

    private static let unsupported = WebAuthnError(
        .unsupportedKey, zh: "通行密钥的算法或公钥不能用；请换一个认证器",
        en: "the passkey's algorithm or public key cannot be used; take another authenticator")
}

/// The members of a COSE_Key by label.
private struct Members {
    private(set) var integers: [Int: Int] = [:]
    private(set) var bytes: [Int: [UInt8]] = [:]

    init(_ cose: [UInt8]) throws {
        var reader = CBORReader(cose)
        var (integers, bytes) = (integers, bytes)
        try reader.readMap { (key, reader) throws(FormatError) in
            guard case .integer(let label) = key else {
                throw FormatError(.wrongType, zh: "密钥的标签应为文本", en: "a label of a key is a text")
            }
            if reader.isAtBytes {
                bytes[label] = Array(try reader.readBytes())
            } else {
                integers[label] = try reader.readInteger()
            }
        }
        try reader.finish()
        (self.integers, self.bytes) = (integers, bytes)
    }

    func hasOnly(integers count: Int, bytes lengths: [Int: Int]) -> Bool {
        integers.count == count && bytes.mapValues(\.count) == lengths
    }
}
