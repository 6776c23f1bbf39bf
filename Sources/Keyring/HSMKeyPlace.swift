import Errors
import Files
import FoundationEssentials
import Glibc
import Signing

/// Where a key is that no file holds: `keys/ID-KID.hsm.json`. Nothing in it is secret.
package struct HSMKeyPlace: Codable {
    /// Path of the module's PKCS#11 library.
    package var module: String
    /// RFC 7512.
    package var uri: String

    package init(module: String, uri: String) {
        self.module = module
        self.uri = uri
    }

    package init(file path: String) throws {
        guard let place = try? JSONDecoder().decode(HSMKeyPlace.self, from: Data(SecretFile.read(path))) else {
            throw Refusal(
                .configuration, zh: "\(path) 不是含有文本 module 和 uri 的 JSON；请改正",
                en: "\(path) is not JSON with the texts module and uri; mend it")
        }
        self = place
    }

    package func load(pin: Passphrase) throws -> PrivateKey { try PKCS11.key(uri: uri, module: module, pin: pin) }
}
