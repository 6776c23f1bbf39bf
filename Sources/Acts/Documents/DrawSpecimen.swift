import Credential
import Documents
import Rendering
import Seal
import Signing

/// What a certificate would say.
package struct Specimen: Sendable {
    package let institution: InstitutionID
    package let institutionName: String
    package let holderName: String
    package let document: IdentityDocument
    package let occupation: Occupation
    package let specialisation: String?
    package let level: SkillLevel
    package let awardDate: CalendarDate

    package init(
        institution: InstitutionID, institutionName: String, holderName: String, document: IdentityDocument,
        occupation: Occupation, specialisation: String?, level: SkillLevel, awardDate: CalendarDate
    ) {
        (self.institution, self.institutionName) = (institution, institutionName)
        (self.holderName, self.document) = (holderName, document)
        (self.occupation, self.specialisation) = (occupation, specialisation)
        (self.level, self.awardDate) = (level, awardDate)
    }
}

/// Draws a certificate as it would be printed, before anything is signed. Its code has the size of a true one and is of a
/// key that is made for the page and thrown away, so that it is never valid.
package struct DrawSpecimen {
    private static let host = "specimen.invalid"
    private let renderer: PageRenderer

    package init(_ template: PageTemplate, language: DocumentLanguage, pictures: [String: Picture]) throws {
        renderer = try PageRenderer(template, language: language, pictures: pictures)
    }

    package init(in office: Office, of institution: InstitutionID, _ choice: LookChoice) throws {
        let looks = InstitutionLooks(in: office)
        try self.init(
            looks.template(of: institution, choice), language: choice.language,
            pictures: office.workers.pictures(looks.pictureFiles(of: institution, choice)))
    }

    /// - Returns: a PDF without a signature.
    package func callAsFunction(_ specimen: Specimen) throws -> [UInt8] {
        let certificate = Certificate(
            // As many bytes as an id has.
            id: CertificateID(bytes: [UInt8](repeating: 0, count: CertificateID.byteCount))!,
            number: CertificateNumber("SPECIMEN00000000000000"), version: 1, institution: specimen.institution,
            institutionName: specimen.institutionName, holderName: specimen.holderName,
            occupation: specimen.occupation, specialisation: specimen.specialisation, level: specimen.level,
            awardDate: specimen.awardDate)
        return try renderer.render(
            DocumentContent(
                certificate: certificate, document: specimen.document, qrText: Self.qrText(certificate),
                site: "https://\(Self.host)/c"), isSpecimen: true)
    }

    private static func qrText(_ certificate: Certificate) throws -> String {
        let key = try PrivateKey.generate(.es256)
        let claims = CertificateClaims(
            certificate: certificate, issuedAt: Clock.now(),
            status: .init(index: 1 << 20, uri: "https://\(host)/status/1"))
        let seal = try PreparedSeal(claims, key: key.publicKey)
        return QRText.text(host: host, seal: seal.seal(signature: try Signer(key).sign(seal.bytesToSign)))
    }
}
