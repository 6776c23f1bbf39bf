import Files
import FoundationEssentials
import Glibc
import Signing

/// Where a key is that no file holds: `keys/ID-KID.hsm.json`. Nothing in it is secret.
struct HSMKeyPlace: Codable {
    /// Path of the module's PKCS#11 library.
    var module: String
    /// RFC 7512.
    var uri: String

    init(module: String, uri: String) {
        self.module = module
        self.uri = uri
    }

    init(file path: String) throws {
        guard let place = try? JSONDecoder().decode(HSMKeyPlace.self, from: Data(SecretFile.read(path))) else {
            throw CommandFailure(.configuration, "\(path) is not JSON with the texts module and uri; mend it")
        }
        self = place
    }

    func load() throws -> PrivateKey { try PKCS11.key(uri: uri, module: module, pin: PassphraseOptions.pin()) }
}
