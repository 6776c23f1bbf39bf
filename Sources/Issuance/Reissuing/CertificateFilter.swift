import Credential
import Eligibility
import PersonalData
import Seal
import Store

/// Conditions that no index answers: each certificate that a query finds is asked for them.
package struct CertificateFilter {
    /// What may be wrong with a certificate by the registry as it is now.
    package enum Defect: String, Sendable, CaseIterable {
        /// Another name than the one filed for the occupation's code.
        case occupationName = "occupation-name"
        /// Another name than the institution had on the award date.
        case institutionName = "institution-name"
        /// No filing of the occupation and level was in force on the award date.
        case notFiled = "not-filed"
    }

    /// First and last day of the examination; nil where it does not matter.
    private let session: ClosedRange<CalendarDate>?
    private let defect: Defect?
    private let protector: IdentityProtector
    private var registry: [InstitutionID: (institution: Institution?, filings: [Filing])] = [:]

    /// - Parameter dataKeys: the day of the examination is in the private record.
    package init(session: ClosedRange<CalendarDate>?, defect: Defect?, dataKeys: DataKeys) throws {
        (self.session, self.defect) = (session, defect)
        protector = try IdentityProtector(dataKeys)
    }

    package mutating func includes(_ version: SealedVersion, in store: any StoreReading) throws -> Bool {
        let certificate = try CertificateClaims(decoding: version.payload[...]).certificate
        if let session {
            let record = try protector.open(version.privateBox, for: certificate.id)
            guard session.contains(record.examDate) else { return false }
        }
        guard let defect else { return true }
        return try has(defect, certificate, in: store)
    }

    private mutating func has(
        _ defect: Defect, _ certificate: Certificate, in store: any StoreReading
    ) throws -> Bool {
        let id = certificate.institution
        let known = try registry[id] ?? (store.institution(id), store.filings(of: id))
        registry[id] = known
        let inForce = known.filings.filter {
            $0.occupation.code == certificate.occupation.code && $0.level == certificate.level
                && $0.isInForce(on: certificate.awardDate)
        }
        switch defect {
        case .notFiled: return inForce.isEmpty
        case .occupationName:
            return !inForce.isEmpty && !inForce.contains { $0.occupation.name == certificate.occupation.name }
        case .institutionName:
            return known.institution?.name(on: certificate.awardDate) != certificate.institutionName
        }
    }
}
