import COpenSSL
import Errors

/// Owns one `EVP_PKEY`.
// @unchecked Sendable: the key is never changed after init, and OpenSSL's own reference count on it
// is atomic. Contexts, which do change, are made per worker.
final class KeyHandle: @unchecked Sendable {
    let pointer: OpaquePointer

    init(takingOwnership pointer: OpaquePointer) {
        self.pointer = pointer
    }

    deinit { EVP_PKEY_free(pointer) }

    /// The SubjectPublicKeyInfo in DER.
    func subjectPublicKeyInfo() throws(SigningError) -> [UInt8] {
        let count = i2d_PUBKEY(pointer, nil)
        guard count > 0 else { throw .library("encoding a public key") }
        return [UInt8](unsafeUninitializedCapacity: Int(count)) { buffer, initialized in
            var cursor = buffer.baseAddress
            initialized = Int(i2d_PUBKEY(pointer, &cursor))
        }
    }

    static func fromSubjectPublicKeyInfo(_ der: [UInt8]) throws(SigningError) -> KeyHandle {
        let key = der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var cursor = buffer.baseAddress
            return d2i_PUBKEY(nil, &cursor, buffer.count)
        }
        guard let key else { throw .library("reading a public key", code: .malformedKey) }
        return KeyHandle(takingOwnership: key)
    }

    /// Generates a key of a named type, on a named group where the type has groups.
    static func generate(type: String, group: String?) throws(SigningError) -> KeyHandle {
        let context = try require(EVP_PKEY_CTX_new_from_name(nil, type, nil), "preparing to generate a \(type) key")
        defer { EVP_PKEY_CTX_free(context) }
        try require(EVP_PKEY_keygen_init(context), "preparing to generate a \(type) key")
        if let group {
            try require(EVP_PKEY_CTX_set_group_name(context, group), "choosing the group \(group)")
        }
        var key: OpaquePointer?
        try require(EVP_PKEY_generate(context, &key), "generating a \(type) key")
        return KeyHandle(takingOwnership: try require(key, "generating a \(type) key"))
    }
}

/// An algorithm that OpenSSL does not have is said by name, once, instead of failing somewhere below.
// @unchecked Sendable: a fetched EVP_MD is immutable and reference counted; these live as long as the
// process, so none is ever freed.
struct FetchedDigest: @unchecked Sendable {
    let pointer: OpaquePointer

    static let sha256 = Result { try FetchedDigest("SHA256") }
    static let sm3 = Result { try FetchedDigest("SM3") }

    private init(_ name: String) throws(SigningError) {
        guard let pointer = EVP_MD_fetch(nil, name, nil) else {
            throw .library("this OpenSSL has no \(name)", code: .unsupportedAlgorithm)
        }
        self.pointer = pointer
    }
}

extension Result where Success == FetchedDigest {
    func fetched() throws(SigningError) -> OpaquePointer {
        do { return try get().pointer } catch {
            throw error as? SigningError ?? SigningError(.library, error.explanation)
        }
    }
}
