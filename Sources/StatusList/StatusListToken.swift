import Encodings
import Errors
import Signing

/// A status list token as it was received, JWT or CWT. Its claims are to be believed only by
/// ``checked(under:)``.
package struct UnverifiedStatusToken: Sendable {
    /// A list of 2^24 entries that does not compress at all, in base64.
    package static let maximumByteCount = 6 << 20

    /// As the header names it; it must agree with the key's record, which decides.
    enum Algorithm: Equatable, Sendable {
        case name(String)
        case cose(Int)
    }

    let algorithm: Algorithm
    /// In hexadecimal; a CWT has it in bytes.
    package let keyID: String
    package let unverifiedClaims: StatusListClaims
    let signedBytes: [UInt8]
    let signature: [UInt8]

    /// A tagged COSE_Sign1 begins with the byte d2, which no JWT can.
    package init(_ bytes: [UInt8]) throws(FormatError) {
        guard bytes.count <= Self.maximumByteCount else {
            throw FormatError(
                .tooLarge, zh: "状态列表令牌最多 \(Self.maximumByteCount) 字节",
                en: "a status list token has at most \(Self.maximumByteCount) bytes")
        }
        self = try bytes.first == 0xD2 ? Self(cwt: bytes) : Self(jwt: bytes)
    }

    init(
        algorithm: Algorithm, keyID: String, unverifiedClaims: StatusListClaims, signedBytes: [UInt8],
        signature: [UInt8]
    ) {
        self.algorithm = algorithm
        self.keyID = keyID
        self.unverifiedClaims = unverifiedClaims
        self.signedBytes = signedBytes
        self.signature = signature
    }

    package func checked(under key: PublicKey) throws -> StatusListClaims {
        let agrees =
            switch algorithm {
            case .name(let name): name == key.algorithm.name
            case .cose(let number): key.algorithm.acceptedCOSEIdentifiers.contains(number)
            }
        guard agrees, signature.count == SignatureAlgorithm.signatureByteCount,
            try Verifier(key).isValid(signature, for: signedBytes)
        else {
            throw FormatError(
                .wrongSignature, zh: "状态列表的签名有误；请重新获取该列表",
                en: "the status list's signature is wrong; get the list again")
        }
        return unverifiedClaims
    }
}
