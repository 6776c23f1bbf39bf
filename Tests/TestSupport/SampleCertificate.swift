import Credential
import Seal

/// A typical certificate: Chinese name, occupation, specialisation and institution.
public enum SampleCertificate {
    package static let typical = Certificate(
        // Sixteen bytes, counted.
        id: CertificateID(bytes: Array(0xA0...0xAF))!, number: CertificateNumber("Y000037000001263000042"),
        version: 1, institution: InstitutionID("4137012391"), institutionName: "潍坊职业学院", holderName: "王小明",
        occupation: Occupation(code: "4-02-06-03", name: "物流服务师"), specialisation: "冷链物流员",
        level: .seniorWorker,
        // A day of the calendar.
        awardDate: CalendarDate(iso8601: "2026-06-30")!)

    package static let claims = CertificateClaims(certificate: typical, issuedAt: 1_782_813_600)
}
