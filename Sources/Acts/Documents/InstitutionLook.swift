import Credential
import Documents
import Errors
import Files
import FoundationEssentials
import Glibc
import HomeFolder
import Issuance
import Keyring
import PDFSignature
import Parsing
import Rendering
import Signing
import Store

/// What a home knows about an institution's documents: look, seal image, signing certificate.
///
///     documents/ID/template.json   its own look, with the pictures it names beside it
///     documents/ID/seal.png        printed over its name
package struct InstitutionLooks: Sendable {
    private let home: Home
    private let workers: ParsingPool

    package init(_ home: Home, workers: ParsingPool) { (self.home, self.workers) = (home, workers) }

    package init(in office: Office) { self.init(office.home, workers: office.workers) }

    /// The look that this institution's documents have.
    package func template(of institution: InstitutionID, _ choice: LookChoice) throws -> PageTemplate {
        if let path = choice.file { return try Self.read(path) }
        return try ownTemplate(of: institution) ?? PageTemplate(choice.builtIn)
    }

    package func ownTemplate(of institution: InstitutionID) throws -> PageTemplate? {
        let own = folder(of: institution) + "/template.json"
        return access(own, F_OK) == 0 ? try Self.read(own) : nil
    }

    /// What of it is approved, but for the photos.
    package func look(of institution: InstitutionID, _ choice: LookChoice) throws -> DocumentLook {
        let template = try template(of: institution, choice)
        return try DocumentLook(template, pictures: pictures(of: institution, template, choice))
    }

    /// Its pictures and the seal image, by name.
    package func pictureFiles(of institution: InstitutionID, _ choice: LookChoice) throws -> [String: [UInt8]] {
        try pictures(of: institution, template(of: institution, choice), choice)
    }

    private func pictures(
        of institution: InstitutionID, _ template: PageTemplate, _ choice: LookChoice
    ) throws -> [String: [UInt8]] {
        var pictures = try Self.pictures(of: template, in: choice.file.map(Self.folder) ?? folder(of: institution))
        let seal = folder(of: institution) + "/seal.png"
        if access(seal, F_OK) == 0 { pictures[PageRenderer.sealImageName] = try DurableFile.read(seal) }
        return pictures
    }

    /// The files that a look names, from the folder beside it.
    package static func pictures(of template: PageTemplate, in folder: String) throws -> [String: [UInt8]] {
        var pictures: [String: [UInt8]] = [:]
        for name in template.pictureFiles { pictures[name] = try DurableFile.read("\(folder)/\(name)") }
        return pictures
    }

    package func settings(
        of institution: InstitutionID, _ choice: LookChoice, passphrase: Passphrase
    ) throws -> DocumentSettings {
        let template = try template(of: institution, choice)
        let entries = try home.keyring.entries()
        return try DocumentSettings(
            template: template, language: choice.language,
            pictures: try pictures(of: institution, template, choice), workers: workers,
            host: home.config.host,
            identity: try identity(of: institution, entries, passphrase: passphrase),
            timestamper: home.config.timestampAuthority.map(TimestampAuthority.timestamper),
            dataKeys: try home.dataKeys(),
            sealKeys: Dictionary(entries.map { ($0.publicKey.kid, $0.publicKey) }) { first, _ in first })
    }

    /// The newest of the institution's keys that has a certificate.
    private func identity(
        of institution: InstitutionID, _ entries: [Keyring.Entry], passphrase: Passphrase
    ) throws -> PDFSigningIdentity {
        let keys = home.keyring
        let certified = try entries.filter { $0.institution == institution }.compactMap { entry in
            try keys.certificateChain(of: entry).map { (entry, $0) }
        }
        guard let (entry, chain) = certified.max(by: { $0.1.leaf.notBefore < $1.1.leaf.notBefore }) else {
            throw Refusal(
                .configuration, zh: "机构 \(institution) 没有签署文件的证书",
                en: "institution \(institution) has no certificate for signing documents",
                remedy: .certifyKey(institution: "\(institution)"))
        }
        return try PDFSigningIdentity(key: keys.load(entry, passphrase: passphrase), chain: chain)
    }

    private func folder(of institution: InstitutionID) -> String { "\(home.path)/documents/\(institution)" }

    package static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    package static func read(_ path: String) throws -> PageTemplate {
        do { return try PageTemplate(json: DurableFile.read(path)) } catch let problem as TemplateProblem {
            throw Refusal(.configuration, problem.words.prefixed(with: path))
        }
    }
}
