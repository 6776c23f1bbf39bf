import Credential
import Errors
import Issuance
import Lookup
import PDFSignature
import Parsing
import PersonalData
import Photos
import Rendering
import Seal
import Signing
import Store
import Synchronization

/// What the documents of one institution have in common.
package struct DocumentSettings: Sendable {
    package let template: PageTemplate
    package var language: DocumentLanguage
    /// The template's pictures and the institution's seal image, by name.
    package let pictures: [String: Picture]
    /// Decode pictures: those above, and holders' photos.
    package let workers: ParsingPool
    /// Host of the QR code and of the query site.
    package var host: String
    package var identity: PDFSigningIdentity
    package var timestamper: Timestamper?
    package var dataKeys: DataKeys
    /// The keys that sealed the certificates.
    package var sealKeys: [KeyID: PublicKey]
    /// What of it must have been approved.
    package let look: DocumentLook

    /// - Parameter pictures: their files.
    package init(
        template: PageTemplate, language: DocumentLanguage, pictures: [String: [UInt8]], workers: ParsingPool,
        host: String, identity: PDFSigningIdentity, timestamper: Timestamper?, dataKeys: DataKeys,
        sealKeys: [KeyID: PublicKey]
    ) throws {
        look = try DocumentLook(template, pictures: pictures)
        self.template = template
        self.language = language
        self.pictures = try workers.pictures(pictures)
        self.workers = workers
        self.host = host
        self.identity = identity
        self.timestamper = timestamper
        self.dataKeys = dataKeys
        self.sealKeys = sealKeys
    }
}

/// A signed PDF, and what it is of.
package struct MadeDocument: Sendable {
    package let key: VersionKey
    package let number: CertificateNumber
    package let serial: Int
    package let fileName: String
    package let bytes: [UInt8]
    /// SHA-256.
    package let digest: [UInt8]
    /// Why it has no photo although files are there.
    package let photoProblem: HolderPhoto.Problem?
}

/// Draws and signs documents one after another. One per worker.
package final class DocumentMaker {
    /// The name of the seal inside a PDF.
    package static let sealName = "seal.cose"

    private let settings: DocumentSettings
    private let renderer: PageRenderer
    private let signer: PDFSigner
    private let protector: IdentityProtector

    package init(_ settings: DocumentSettings) throws {
        self.settings = settings
        renderer = try PageRenderer(settings.template, language: settings.language, pictures: settings.pictures)
        signer = try PDFSigner(settings.identity, timestamper: settings.timestamper)
        protector = try IdentityProtector(settings.dataKeys)
    }

    /// - Parameters:
    ///   - serial: which print it is.
    ///   - look: of its batch.
    ///   - now: seconds since 1970.
    package func make(
        _ version: SealedVersion, serial: Int, look: ApprovedLook, now: Int
    ) throws -> MadeDocument {
        let holder = try self.holder(of: version)
        let certificate = holder.certificate
        let content = DocumentContent(
            certificate: certificate, document: holder.record.document,
            qrText: QRText.text(host: settings.host, seal: holder.seal), site: "https://\(settings.host)/c",
            printSerial: serial)
        let photo = try look.photo(of: certificate, holder.record, row: version.sheetRow)
        let page = try renderer.render(content, photo: try picture(of: photo))
        let pdf = try signer.sign(
            page,
            attachment: PDFAttachment(name: Self.sealName, mediaType: "application/cose", bytes: holder.seal),
            PDFSignatureDetails(
                name: certificate.institutionName, reason: "职业技能等级证书 \(certificate.number)", signingTime: now))
        return MadeDocument(
            key: version.key, number: certificate.number, serial: serial,
            fileName: DocumentName.pdf(
                number: certificate.number.text, holder: certificate.holderName, serial: serial),
            bytes: pdf, digest: try SHA256.digest(pdf), photoProblem: photo.problem)
    }

    /// Nil where there is none, or the look prints none.
    private func picture(of photo: HolderPhoto) throws -> Picture? {
        guard let bytes = photo.bytes, let (width, height) = renderer.photoPixels else { return nil }
        return try settings.workers.picture(bytes, named: photo.name, for: .portrait(width: width, height: height))
    }

    private func holder(
        of version: SealedVersion
    ) throws -> (certificate: Certificate, record: PrivateRecord, seal: [UInt8]) {
        let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
        let record = try protector.open(version.privateBox, for: certificate.id)
        guard let kid = KeyID(bytes: version.keyID), let key = settings.sealKeys[kid] else {
            throw PrintingError(
                .keyMissing, zh: "证书 \(version.number) 的签名密钥在 keys/ 中没有公钥；请放回",
                en:
                    "certificate \(version.number) is signed with a key whose public part is missing from keys/; put it back"
            )
        }
        return (certificate, record, version.seal(key: key))
    }
}

/// Makers that wait for work. Fonts and contexts are slow to set up, so they are kept.
package final class MakerPool: Sendable {
    // @unchecked Sendable: a maker is either here or with the one task that took it out.
    private struct Idle: @unchecked Sendable { let maker: DocumentMaker }

    package let settings: DocumentSettings
    private let idle = Mutex<[Idle]>([])

    package init(_ settings: DocumentSettings) { self.settings = settings }

    package func withMaker<T>(_ body: (DocumentMaker) throws -> T) throws -> T {
        let taken = try idle.withLock { $0.popLast() } ?? Idle(maker: DocumentMaker(settings))
        defer { idle.withLock { $0.append(taken) } }
        return try body(taken.maker)
    }
}
