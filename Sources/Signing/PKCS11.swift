import COpenSSL
import Errors
import Files
import Glibc
import Synchronization

/// Keys that stay inside a hardware module: used through OpenSSL's pkcs11 engine, then like any other.
package enum PKCS11 {
    /// One module for the life of the process, as the engine knows only one.
    private static let opened = Mutex<OpenedModule?>(nil)

    // @unchecked Sendable: an engine is reference counted and locks by itself; it is used within the mutex
    // and lives as long as the process.
    private struct OpenedModule: @unchecked Sendable {
        let path: String
        let engine: OpaquePointer
    }

    /// - Parameters:
    ///   - uri: RFC 7512, such as `pkcs11:token=signet;object=a;type=private`.
    ///   - module: path of the maker's PKCS#11 library.
    package static func key(uri: String, module: String, pin: Passphrase) throws(SigningError) -> PrivateKey {
        guard uri.hasPrefix("pkcs11:") else {
            throw SigningError(
                .malformedKey, zh: "“\(uri)”不是 PKCS#11 URI，应如 pkcs11:token=signet;object=a",
                en: "\"\(uri)\" is not a PKCS#11 URI such as pkcs11:token=signet;object=a")
        }
        let handle = opened.withLock { state in
            Result { () throws(SigningError) -> KeyHandle in
                let engine = try open(module, pin: pin, &state)
                guard let key = ENGINE_load_private_key(engine, uri, nil, nil) else {
                    throw .library(
                        "the module \(module) gives no key for \(uri); check URI and PIN", code: .wrongPassphrase)
                }
                return KeyHandle(takingOwnership: key)
            }
        }
        return try PrivateKey(handle: handle.get())
    }

    private static func open(
        _ module: String, pin: Passphrase, _ state: inout OpenedModule?
    ) throws(SigningError) -> OpaquePointer {
        if let state {
            guard state.path == module else {
                throw SigningError(
                    .library, zh: "一个进程只使用一个硬件模块；\(state.path) 已经打开",
                    en: "a process uses one hardware module; \(state.path) is open already")
            }
            try give(pin, to: state.engine)
            return state.engine
        }
        guard access(module, R_OK) == 0 else {
            throw SigningError(.library, FileOperation.openModule.failure(module, errno))
        }
        OPENSSL_init_crypto(UInt64(OPENSSL_INIT_ENGINE_DYNAMIC), nil)
        guard let engine = ENGINE_by_id("pkcs11") else {
            throw .library(
                "OpenSSL has no pkcs11 engine; install libengine-pkcs11-openssl", code: .unsupportedAlgorithm)
        }
        try command(engine, "MODULE_PATH", module)
        try give(pin, to: engine)
        guard ENGINE_init(engine) == 1 else {
            let failure = SigningError.library("the module \(module) cannot be used")
            ENGINE_free(engine)
            throw failure
        }
        state = OpenedModule(path: module, engine: engine)
        return engine
    }

    private static func command(_ engine: OpaquePointer, _ name: String, _ value: String) throws(SigningError) {
        try require(ENGINE_ctrl_cmd_string(engine, name, value, 0), "setting \(name) of the pkcs11 engine")
    }

    private static func give(_ pin: Passphrase, to engine: OpaquePointer) throws(SigningError) {
        // Read up to the zero that ends it.
        let result = pin.withBytes {
            ENGINE_ctrl_cmd_string(engine, "PIN", $0.baseAddress?.assumingMemoryBound(to: CChar.self), 0)
        }
        try require(result, "setting the PIN of the pkcs11 engine")
    }
}
