import Credential
import Documents
import Encodings
import Errors
import HomeFolder
import Issuance
import Keyring
import Signing
import Store
import Trust

/// What would be approved of a sheet, in full: its rows, and the terms and look that they are issued with.
package struct BatchProposal: Sendable {
    package let statement: BatchStatement
    /// SHA-256 of each row's photo.
    package var photos: [Int: [UInt8]] = [:]
    /// Rows without a photo although files are there.
    package var problems: [Int: HolderPhoto.Problem] = [:]

    /// - Parameter count: of the certificates.
    package func proposal(count: Int) throws -> Proposal {
        Proposal(
            .batch, digest: try statement.digest, count: count,
            summary: [
                BilingualText(
                    zh: "签发 \(count) 份证书，发证日期 \(statement.awardDate)",
                    en: "sign \(count) certificates dated \(statement.awardDate)")
            ])
    }
}

/// Makes proposals of sheets.
package struct ProposeBatch: Sendable {
    private let office: Office
    private let trust: VerifiedTrustList?
    package let awardDate: CalendarDate
    private let look: LookChoice
    private let photos: PhotoDesk?

    package init(
        in office: Office, trust: VerifiedTrustList?, awardDate: CalendarDate, look: LookChoice, photos: PhotoDesk?
    ) {
        (self.office, self.trust, self.awardDate) = (office, trust, awardDate)
        (self.look, self.photos) = (look, photos)
    }

    /// Nil while the institution has no key that signs.
    package func callAsFunction(_ job: SheetJob, _ plan: BatchPlan) async throws -> BatchProposal? {
        guard
            let key = try trust.flatMap({
                try InstitutionKeys.activeKey(of: plan.institution, $0, in: office.home.keyring)
            })
        else { return nil }
        let look = try InstitutionLooks(in: office).look(of: plan.institution, look)
        var (digests, problems): ([Int: [UInt8]], [Int: HolderPhoto.Problem]) = ([:], [:])
        if let photos {
            let records = try await job.planner.certifiedRecords(of: job.sheet, plan)
            (digests, problems) = try photos.digests(of: records, plan.institution)
        }
        let statement = BatchStatement(
            plan, awardDate: awardDate, key: key.kid, registryVersion: job.registryVersion,
            look: try look.with(photos: digests))
        return BatchProposal(statement: statement, photos: digests, problems: problems)
    }
}
