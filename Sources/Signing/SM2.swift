import COpenSSL
import Errors

extension SignatureAlgorithm {
    /// SM2 with SM3 (GB/T 32918.2), distinguishing ID `1234567812345678` (GM/T 0009).
    ///
    /// COSE has no registered number for it: −70256 lies in the private range (below −65536).
    package static let sm2 = SignatureAlgorithm(
        name: "SM2", coseIdentifier: -70256, acceptedCOSEIdentifiers: [-70256], curve: "SM2",
        spkiPrefix: [
            0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2A, 0x86, 0x48, 0xCE, 0x3D, 0x02, 0x01, 0x06, 0x08, 0x2A, 0x81,
            0x1C, 0xCF, 0x55, 0x01, 0x82, 0x2D, 0x03, 0x42, 0x00, 0x04,
        ],
        implementation: SM2.self)
}

enum SM2: SignatureImplementation {
    /// OpenSSL 3.0 would otherwise sign with an empty ID, and 4.0 with this one: never left to it.
    static let distinguishingID = Array("1234567812345678".utf8)

    static func generateKey() throws(SigningError) -> KeyHandle {
        try .generate(type: "SM2", group: nil)
    }

    static func makeSigningContext(_ key: KeyHandle) throws(SigningError) -> any SigningContext { SM2Context(key) }
    static func makeVerifyingContext(_ key: KeyHandle) throws(SigningError) -> any VerifyingContext { SM2Context(key) }
}

/// Makes fresh OpenSSL contexts for each message: next to an SM2 operation they cost nothing.
private final class SM2Context: SigningContext, VerifyingContext {
    private let key: KeyHandle

    init(_ key: KeyHandle) { self.key = key }

    func sign(_ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawBufferPointer) throws(SigningError) {
        let contexts = try SM2MessageContexts(key)
        try require(
            EVP_DigestSignInit(contexts.digest, nil, FetchedDigest.sm3.fetched(), nil, key.pointer),
            "preparing to sign with SM2")
        let input = message.assumingMemoryBound(to: UInt8.self)
        let isWellFormed = withUnsafeTemporaryAllocation(
            byteCount: ECDSASignatureEncoding.maximumDERByteCount, alignment: 1
        ) { der -> Bool? in
            var count = der.count
            let bytes = der.assumingMemoryBound(to: UInt8.self).baseAddress
            guard EVP_DigestSign(contexts.digest, bytes, &count, input.baseAddress, input.count) == 1 else {
                return nil
            }
            return ECDSASignatureEncoding.decodeDER(
                .init(rebasing: UnsafeRawBufferPointer(der)[..<count]), into: signature)
        }
        guard let isWellFormed else { throw .library("signing with SM2") }
        guard isWellFormed else {
            throw SigningError(
                .library, zh: "OpenSSL 生成的 SM2 签名形式不对", en: "OpenSSL made an SM2 signature of another shape")
        }
    }

    func isValid(
        _ signature: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer
    ) throws(SigningError) -> Bool {
        let contexts = try SM2MessageContexts(key)
        try require(
            EVP_DigestVerifyInit(contexts.digest, nil, FetchedDigest.sm3.fetched(), nil, key.pointer),
            "preparing to verify SM2")
        let input = message.assumingMemoryBound(to: UInt8.self)
        let result = withUnsafeTemporaryAllocation(
            byteCount: ECDSASignatureEncoding.maximumDERByteCount, alignment: 1
        ) { der in
            let count = ECDSASignatureEncoding.encodeDER(signature, into: der)
            let bytes = der.assumingMemoryBound(to: UInt8.self).baseAddress
            return EVP_DigestVerify(contexts.digest, bytes, count, input.baseAddress, input.count)
        }
        return try VerificationResult.isValid(result, "verifying SM2")
    }
}

/// A digest context bound to a key context on which the distinguishing ID is set.
private final class SM2MessageContexts {
    let digest: OpaquePointer
    private let keyContext: OpaquePointer

    init(_ key: KeyHandle) throws(SigningError) {
        digest = try require(EVP_MD_CTX_new(), "preparing an SM2 context")
        guard let keyContext = EVP_PKEY_CTX_new_from_pkey(nil, key.pointer, nil) else {
            EVP_MD_CTX_free(digest)
            throw .library("preparing an SM2 context")
        }
        self.keyContext = keyContext
        let id = SM2.distinguishingID
        try require(EVP_PKEY_CTX_set1_id(keyContext, id, Int32(id.count)), "setting the SM2 distinguishing ID")
        EVP_MD_CTX_set_pkey_ctx(digest, keyContext)
    }

    deinit {
        EVP_MD_CTX_free(digest)
        EVP_PKEY_CTX_free(keyContext)
    }
}
