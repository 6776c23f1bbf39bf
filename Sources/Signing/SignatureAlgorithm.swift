import Errors

/// A signature algorithm as a value: what it is called in each format, and how it is done.
///
/// Formats look algorithms up in ``registered``; nothing else in the product lists them.
package struct SignatureAlgorithm: Sendable {
    /// The name in JOSE (`alg`), the command line and the trust list.
    package let name: String
    /// The COSE identifier that is written.
    package let coseIdentifier: Int
    /// The COSE identifiers that are understood when read.
    package let acceptedCOSEIdentifiers: Set<Int>
    /// `crv` of a JWK.
    let curve: String
    /// What a SubjectPublicKeyInfo (DER) of this algorithm begins with, up to the raw public key.
    let spkiPrefix: [UInt8]
    let implementation: any SignatureImplementation.Type

    package static let registered: [SignatureAlgorithm] = [.es256, .ed25519, .sm2]

    package static func named(_ name: String) throws(SigningError) -> SignatureAlgorithm {
        guard let algorithm = registered.first(where: { $0.name == name }) else {
            let known = registered.map(\.name).joined(separator: ", ")
            throw SigningError(
                .unsupportedAlgorithm, zh: "未知的签名算法“\(name)”；已知的有：\(known)",
                en: "unknown signature algorithm \"\(name)\"; known: \(known)")
        }
        return algorithm
    }
}

extension SignatureAlgorithm: Hashable, CustomStringConvertible {
    package static func == (a: Self, b: Self) -> Bool { a.name == b.name }
    package func hash(into hasher: inout Hasher) { hasher.combine(name) }
    package var description: String { name }
}

extension SignatureAlgorithm {
    /// All registered algorithms have signatures of this size: `r ‖ s`, or RFC 8032's 64 bytes.
    package static let signatureByteCount = 64
}

/// How one algorithm is carried out with OpenSSL. Contexts are made per worker and not shared.
protocol SignatureImplementation: SendableMetatype {
    static func generateKey() throws(SigningError) -> KeyHandle
    static func makeSigningContext(_ key: KeyHandle) throws(SigningError) -> any SigningContext
    static func makeVerifyingContext(_ key: KeyHandle) throws(SigningError) -> any VerifyingContext
}

protocol SigningContext: AnyObject {
    /// Writes exactly ``SignatureAlgorithm/signatureByteCount`` bytes.
    func sign(_ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawBufferPointer) throws(SigningError)
}

protocol VerifyingContext: AnyObject {
    /// False for a wrong or malformed signature; throws only when the check itself could not be made.
    func isValid(
        _ signature: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer
    ) throws(SigningError) -> Bool
}
