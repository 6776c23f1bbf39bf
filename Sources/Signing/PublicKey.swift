import COpenSSL
import Encodings
import Errors

/// The first 8 bytes of SHA-256 over a key's SubjectPublicKeyInfo: its name in seals and lists.
package struct KeyID: Hashable, Sendable, CustomStringConvertible {
    package let value: UInt64

    /// Nil unless there are exactly 8 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == 8 else { return nil }
        var value: UInt64 = 0
        for byte in bytes { value = value << 8 | UInt64(byte) }
        self.value = value
    }

    /// Nil unless the text is 16 hexadecimal digits.
    package init?(hex: String) {
        guard hex.utf8.count == 16, let value = UInt64(hex, radix: 16), !hex.hasPrefix("+") else { return nil }
        self.value = value
    }

    package var bytes: [UInt8] { (0..<8).map { UInt8(truncatingIfNeeded: value >> (56 - 8 * $0)) } }

    /// 16 lower-case hexadecimal digits.
    package var description: String {
        let digits = String(value, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }
}

/// A public key of a registered algorithm. Immutable; shared freely between threads.
package final class PublicKey: Sendable {
    package let algorithm: SignatureAlgorithm
    /// SubjectPublicKeyInfo, DER.
    package let spki: [UInt8]
    package let kid: KeyID
    let handle: KeyHandle

    /// Takes the one DER spelling of a registered algorithm's key, with its point on the curve.
    package init(spki: [UInt8]) throws(SigningError) {
        guard let algorithm = SignatureAlgorithm.registered.first(where: { spki.starts(with: $0.spkiPrefix) }) else {
            let known = SignatureAlgorithm.registered.map(\.name).joined(separator: ", ")
            throw SigningError(
                .unsupportedAlgorithm, zh: "公钥不属于任何已知种类（\(known)）",
                en: "the public key is of none of the known kinds (\(known))")
        }
        handle = try KeyHandle.fromSubjectPublicKeyInfo(spki)
        guard try handle.subjectPublicKeyInfo() == spki else {
            throw SigningError(.malformedKey, zh: "公钥不是规范编码", en: "the public key is not in its canonical encoding")
        }
        self.algorithm = algorithm
        self.spki = spki
        kid = try Self.keyID(ofSPKI: spki)
    }

    convenience init(handle: KeyHandle) throws(SigningError) {
        try self.init(spki: handle.subjectPublicKeyInfo())
    }

    private static func keyID(ofSPKI spki: [UInt8]) throws(SigningError) -> KeyID {
        let digest = try SHA256.digest(spki)
        guard let kid = KeyID(bytes: Array(digest.prefix(8))) else {
            throw SigningError(.library, zh: "SHA-256 没有给出摘要", en: "SHA-256 gave no digest")
        }
        return kid
    }

    /// Reads `-----BEGIN PUBLIC KEY-----`.
    package convenience init(pem: String) throws(SigningError) {
        let key = try MemoryBIO.reading(pem, "reading a public key") { PEM_read_bio_PUBKEY($0, nil, nil, nil) }
        guard let key else { throw .library("no public key in PEM form found", code: .malformedKey) }
        try self.init(handle: KeyHandle(takingOwnership: key))
    }

    package var pem: String {
        get throws(SigningError) {
            try MemoryBIO.text("writing a public key") { PEM_write_bio_PUBKEY($0, handle.pointer) }
        }
    }
}

/// A public key as JSON (RFC 7517): `EC` for P-256 and SM2, `OKP` (RFC 8037) for Ed25519.
package struct JWK: Codable, Hashable, Sendable {
    package var kty: String
    package var crv: String
    package var x: String
    package var y: String?

    package init(kty: String, crv: String, x: String, y: String? = nil) {
        self.kty = kty
        self.crv = crv
        self.x = x
        self.y = y
    }
}

extension PublicKey {
    package var jwk: JWK {
        let raw = spki.dropFirst(algorithm.spkiPrefix.count)
        guard raw.count == 64 else { return JWK(kty: "OKP", crv: algorithm.curve, x: Base64URL.encode(raw)) }
        return JWK(
            kty: "EC", crv: algorithm.curve, x: Base64URL.encode(raw.prefix(32)), y: Base64URL.encode(raw.suffix(32)))
    }

    package convenience init(jwk: JWK) throws(SigningError) {
        let algorithm = SignatureAlgorithm.registered.first { $0.curve == jwk.crv }
        guard let algorithm else {
            throw SigningError(
                .unsupportedAlgorithm, zh: "JWK 指定了未知的曲线“\(jwk.crv)”",
                en: "a JWK names the unknown curve \"\(jwk.crv)\"")
        }
        let halves = [jwk.x, jwk.y].compactMap { $0 }.map { Base64URL.decode($0) ?? [] }
        let expected = algorithm == .ed25519 ? ("OKP", 1) : ("EC", 2)
        guard jwk.kty == expected.0, halves.count == expected.1, halves.allSatisfy({ $0.count == 32 }) else {
            throw SigningError(
                .malformedKey, zh: "曲线 \(jwk.crv) 的 JWK 不完整或长度不对",
                en: "a JWK for \(jwk.crv) is incomplete or of the wrong size")
        }
        try self.init(spki: algorithm.spkiPrefix + halves.joined())
    }
}

enum MemoryBIO {
    /// Lets an OpenSSL reader read a text, of which the BIO keeps a copy: a view on a Swift array would
    /// outlive the array.
    static func reading<T>(
        _ text: String, _ operation: String, _ read: (OpaquePointer) -> T
    ) throws(SigningError) -> T {
        let bio = try require(BIO_new(BIO_s_mem()), operation)
        defer { BIO_free(bio) }
        let bytes = Array(text.utf8)
        guard BIO_write(bio, bytes, Int32(bytes.count)) == Int32(bytes.count) else { throw .library(operation) }
        return read(bio)
    }

    /// Collects what an OpenSSL writer puts out as text.
    static func text(_ operation: String, _ write: (OpaquePointer) -> Int32) throws(SigningError) -> String {
        let bio = try require(BIO_new(BIO_s_mem()), operation)
        defer { BIO_free(bio) }
        try require(write(bio), operation)
        var start: UnsafeMutablePointer<UInt8>?
        let count = BIO_ctrl(bio, BIO_CTRL_INFO, 0, &start)
        return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
    }
}
