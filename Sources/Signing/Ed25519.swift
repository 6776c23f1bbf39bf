import COpenSSL

extension SignatureAlgorithm {
    /// Ed25519 (RFC 8032): `EdDSA` in JOSE, −8 in COSE, also read under RFC 9864's −19.
    package static let ed25519 = SignatureAlgorithm(
        name: "EdDSA", coseIdentifier: -8, acceptedCOSEIdentifiers: [-8, -19], curve: "Ed25519",
        spkiPrefix: [0x30, 0x2A, 0x30, 0x05, 0x06, 0x03, 0x2B, 0x65, 0x70, 0x03, 0x21, 0x00],
        implementation: Ed25519.self)
}

extension PrivateKey {
    package static let ed25519SeedByteCount = 32

    /// From the 32 bytes that RFC 8032 calls the private key.
    package convenience init(ed25519Seed seed: [UInt8]) throws(SigningError) {
        guard let key = EVP_PKEY_new_raw_private_key_ex(nil, "ED25519", nil, seed, seed.count) else {
            throw .library("reading an Ed25519 seed", code: .malformedKey)
        }
        try self.init(handle: KeyHandle(takingOwnership: key))
    }
}

enum Ed25519: SignatureImplementation {
    static func generateKey() throws(SigningError) -> KeyHandle {
        try .generate(type: "ED25519", group: nil)
    }

    static func makeSigningContext(_ key: KeyHandle) throws(SigningError) -> any SigningContext {
        try Ed25519Context(key)
    }

    static func makeVerifyingContext(_ key: KeyHandle) throws(SigningError) -> any VerifyingContext {
        try Ed25519Context(key)
    }
}

/// Initialises for each message: it costs about one part in a hundred here, and needs no
/// assumption about what a library version lets be reused.
private final class Ed25519Context: SigningContext, VerifyingContext {
    private let key: KeyHandle
    private let context: OpaquePointer

    init(_ key: KeyHandle) throws(SigningError) {
        self.key = key
        context = try require(EVP_MD_CTX_new(), "preparing an Ed25519 context")
    }

    deinit { EVP_MD_CTX_free(context) }

    func sign(_ message: UnsafeRawBufferPointer, into signature: UnsafeMutableRawBufferPointer) throws(SigningError) {
        try require(
            EVP_DigestSignInit_ex(context, nil, nil, nil, nil, key.pointer, nil), "preparing to sign with Ed25519")
        var count = signature.count
        let output = signature.assumingMemoryBound(to: UInt8.self).baseAddress
        let input = message.assumingMemoryBound(to: UInt8.self)
        try require(
            EVP_DigestSign(context, output, &count, input.baseAddress, input.count), "signing with Ed25519")
    }

    func isValid(
        _ signature: UnsafeRawBufferPointer, for message: UnsafeRawBufferPointer
    ) throws(SigningError) -> Bool {
        try require(
            EVP_DigestVerifyInit_ex(context, nil, nil, nil, nil, key.pointer, nil), "preparing to verify Ed25519")
        let bytes = signature.assumingMemoryBound(to: UInt8.self)
        let input = message.assumingMemoryBound(to: UInt8.self)
        let result = EVP_DigestVerify(context, bytes.baseAddress, bytes.count, input.baseAddress, input.count)
        return try VerificationResult.isValid(result, "verifying Ed25519")
    }
}
