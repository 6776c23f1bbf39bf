import Credential
import Encodings
import Errors
import FoundationEssentials
import Signing
import Synchronization

/// The public keys of institutions in a folder, each as `ID-KID.pub.pem`, read again when one is asked for that was not
/// there before: a key may come while a server runs, and none is taken away.
package final class PublicKeys: Sendable {
    package struct Entry: Sendable {
        package let institution: InstitutionID
        package let key: PublicKey
        /// `FOLDER/ID-KID`.
        package let stem: String
    }

    package static let suffix = ".pub.pem"

    private let folder: String
    private let keys: Mutex<[[UInt8]: PublicKey]>

    package init(folder: String) throws {
        self.folder = folder
        keys = Mutex(try Self.all(in: folder))
    }

    package func known(_ id: [UInt8]) throws -> PublicKey? {
        if let key = keys.withLock({ $0[id] }) { return key }
        let all = try Self.all(in: folder)
        keys.withLock { $0 = all }
        return all[id]
    }

    /// - Throws: what to do when a key is missing by which something was signed.
    package func key(_ id: [UInt8]) throws -> PublicKey {
        guard let key = try known(id) else {
            throw Refusal(
                .configuration, zh: "keys/ 中缺少公钥 \(Hex.encode(id))；请放回",
                en: "the public key \(Hex.encode(id)) is missing from keys/; put it back")
        }
        return key
    }

    /// In order of institution and key.
    package static func entries(in folder: String) throws -> [Entry] {
        let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
        return try names.sorted().compactMap { name in
            guard name.hasSuffix(suffix), let dash = name.lastIndex(of: "-") else { return nil }
            let key = try PublicKey.load("\(folder)/\(name)")
            guard name[name.index(after: dash)...].dropLast(suffix.count) == key.kid.description else {
                throw Refusal(
                    .configuration, zh: "\(folder)/\(name) 中的密钥与文件名不符",
                    en: "\(folder)/\(name) holds another key than its name says")
            }
            return Entry(
                // bounded: the place of a character of the name.
                institution: InstitutionID(String(name[..<dash])), key: key,
                stem: "\(folder)/\(name.dropLast(suffix.count))")
        }
    }

    private static func all(in folder: String) throws -> [[UInt8]: PublicKey] {
        try Dictionary(entries(in: folder).map { ($0.key.kid.bytes, $0.key) }) { first, _ in first }
    }
}
