import Credential
import Eligibility
import PersonalData
import Results
import Seal
import Signing
import Store

/// What a certificate needs of an eligible result, and no more: it may be kept for a while.
struct CertifiableRow: Sendable {
    let sheetRow: Int
    let holderName: String
    let occupation: Occupation
    let specialisation: String?
    let level: SkillLevel
    let record: PrivateRecord

    init(_ eligible: EligibleResult) {
        let result = eligible.result
        sheetRow = result.sheetRow
        holderName = result.name
        occupation = eligible.occupation
        specialisation = result.specialisation
        level = eligible.level
        record = PrivateRecord(of: result)
    }
}

/// A certificate of which everything is decided but its number, which only the store can give.
struct CertificateDraft: Sendable {
    let row: CertifiableRow
    let id: CertificateID
    let holding: Holding
    let privateBox: [UInt8]

    init(_ row: CertifiableRow, protector: IdentityProtector) throws {
        self.row = row
        id = try protector.newCertificateID()
        holding = try protector.holding(of: row.record.document, row.occupation, row.level)
        privateBox = try protector.seal(row.record, for: id)
    }

    /// The exact bytes to be signed, under a number and a place in a status list that the store has just given.
    ///
    /// - Parameter isScopeChecked: leaves out what was asked of another of this scope that is signed at the same time;
    ///   sizes and texts are asked about with each.
    func numbered(
        _ number: CertificateNumber, status: CertificateClaims.StatusReference, terms: IssuanceTerms, issuedAt: Int,
        isScopeChecked: Bool
    ) throws -> NewCertificate {
        let certificate = Certificate(
            id: id, number: number, version: 1, institution: terms.institution.id,
            institutionName: terms.institutionName, holderName: row.holderName, occupation: row.occupation,
            specialisation: row.specialisation, level: row.level, awardDate: terms.awardDate)
        let claims = CertificateClaims(
            certificate: certificate, issuedAt: issuedAt, notBefore: terms.notBefore(issuedAt: issuedAt), status: status
        )
        if !isScopeChecked { try terms.require(claims, now: issuedAt) }
        return NewCertificate(
            sheetRow: row.sheetRow, number: number, holding: holding, privateBox: privateBox,
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
