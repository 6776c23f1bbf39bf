import Credential
import Documents
import Errors
import Files
import FoundationEssentials
import Glibc
import Installation
import Issuance
import Keyring
import PDFSignature
import Rendering
import Signing
import Store

/// What a home knows about an institution's documents: look, seal image, signing certificate.
///
///     documents/ID/template.json   its own look, with the pictures it names beside it
///     documents/ID/seal.png        printed over its name
struct DocumentDesk {
    let home: Home

    /// The look that this institution's documents have.
    func template(of institution: InstitutionID, _ look: TemplateOptions) throws -> PageTemplate {
        if let path = look.template { return try Self.read(path) }
        return try ownTemplate(of: institution) ?? PageTemplate(look.look.builtIn)
    }

    func ownTemplate(of institution: InstitutionID) throws -> PageTemplate? {
        let own = folder(of: institution) + "/template.json"
        return access(own, F_OK) == 0 ? try Self.read(own) : nil
    }

    /// What of it is approved, but for the photos.
    func look(of institution: InstitutionID, _ options: TemplateOptions) throws -> DocumentLook {
        let template = try template(of: institution, options)
        return try DocumentLook(template, pictures: pictures(of: institution, template, options))
    }

    private func pictures(
        of institution: InstitutionID, _ template: PageTemplate, _ look: TemplateOptions
    ) throws -> [String: [UInt8]] {
        var pictures = try Self.pictures(of: template, in: look.template.map(Self.folder) ?? folder(of: institution))
        let seal = folder(of: institution) + "/seal.png"
        if access(seal, F_OK) == 0 { pictures[PageRenderer.sealImageName] = try DurableFile.read(seal) }
        return pictures
    }

    /// The files that a look names, from the folder beside it.
    static func pictures(of template: PageTemplate, in folder: String) throws -> [String: [UInt8]] {
        var pictures: [String: [UInt8]] = [:]
        for name in template.pictureFiles { pictures[name] = try DurableFile.read("\(folder)/\(name)") }
        return pictures
    }

    func settings(
        of institution: InstitutionID, _ look: LookOptions, passphrase: Passphrase
    ) throws -> DocumentSettings {
        let template = try template(of: institution, look.template)
        let entries = try home.keyring.entries()
        return try DocumentSettings(
            template: template, language: look.language.documentLanguage,
            pictures: try pictures(of: institution, template, look.template), workers: ForeignFiles.pool,
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
                .configuration,
                "institution \(institution) has no certificate for signing documents; run: "
                    + "signet keys certify \(institution)")
        }
        return try PDFSigningIdentity(key: keys.load(entry, passphrase: passphrase), chain: chain)
    }

    private func folder(of institution: InstitutionID) -> String { "\(home.path)/documents/\(institution)" }

    static func folder(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? "."
    }

    static func read(_ path: String) throws -> PageTemplate {
        do { return try PageTemplate(json: DurableFile.read(path)) } catch let problem as TemplateProblem {
            throw Refusal(.configuration, "\(path): \(problem)")
        }
    }
}

extension LookName {
    var builtIn: PageTemplate.BuiltIn {
        switch self {
        case .landscape: .landscape
        case .portrait: .portrait
        }
    }
}

extension LanguageName {
    var documentLanguage: DocumentLanguage {
        switch self {
        case .zh: .chinese
        case .en: .english
        case .bilingual: .bilingual
        }
    }
}
