import Credential
import Eligibility
import Results
import Seal
import Signing
import Store

/// A certificate of which everything is decided but its number, which only the store can give.
struct CertificateDraft: Sendable {
    let result: EligibleResult
    let id: CertificateID
    let holding: Holding
    let privateBox: [UInt8]

    var sheetRow: Int { result.result.sheetRow }

    init(_ result: EligibleResult, protector: IdentityProtector) throws {
        id = try protector.newCertificateID()
        self.result = result
        holding = try protector.holding(of: result.result.document, result.occupation, result.level)
        privateBox = try protector.seal(PrivateRecord(of: result.result), for: id)
    }

    /// The exact bytes to be signed, under a number and a place in a status list that the store has just given.
    func numbered(
        _ number: CertificateNumber, status: CertificateClaims.StatusReference, terms: IssuanceTerms, issuedAt: Int
    ) throws -> NewCertificate {
        let certificate = Certificate(
            id: id, number: number, version: 1, institution: terms.institution.id,
            institutionName: terms.institutionName, holderName: result.result.name, occupation: result.occupation,
            specialisation: result.result.specialisation, level: result.level, awardDate: terms.awardDate)
        let claims = CertificateClaims(certificate: certificate, issuedAt: issuedAt, status: status)
        return NewCertificate(
            sheetRow: sheetRow, number: number, holding: holding, privateBox: privateBox,
            payload: try claims.encoded(), keyID: terms.key.kid.bytes)
    }
}

extension PrivateRecord {
    init(of result: ExamResult) {
        self.init(
            document: result.document, examDate: result.examDate, theory: result.theory, skill: result.skill,
            review: result.review, studentNumber: result.studentNumber, major: result.major)
    }
}
