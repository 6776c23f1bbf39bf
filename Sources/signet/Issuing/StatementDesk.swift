import Credential
import Documents
import Encodings
import HTTPSupport
import Installation
import Issuance
import Keyring
import Signing
import Store
import Trust

/// What would be approved of a sheet, in full: its rows, and the terms and look that they are issued with.
struct StatementDesk {
    struct Proposal {
        let statement: BatchStatement
        /// SHA-256 of each row's photo.
        var photos: [Int: [UInt8]] = [:]
        /// Rows without a photo although files are there.
        var problems: [Int: HolderPhoto.Problem] = [:]
    }

    let home: Home
    let trust: VerifiedTrustList?
    let awardDate: CalendarDate
    let template: TemplateOptions
    let photos: PhotoDesk?

    /// Nil while the institution has no key that signs.
    func proposal(of job: SheetJob, _ plan: BatchPlan) async throws -> Proposal? {
        guard let key = try trust.flatMap({ try InstitutionKeys.activeKey(of: plan.institution, $0, in: home.keyring) })
        else {
            return nil
        }
        let look = try DocumentDesk(home: home).look(of: plan.institution, template)
        var (digests, problems): ([Int: [UInt8]], [Int: HolderPhoto.Problem]) = ([:], [:])
        if let photos {
            let records = try await job.planner.certifiedRecords(of: job.sheet, plan)
            (digests, problems) = try photos.digests(of: records, plan.institution)
        }
        let statement = BatchStatement(
            plan, awardDate: awardDate, key: key.kid, registryVersion: job.registryVersion,
            look: try look.with(photos: digests))
        return Proposal(statement: statement, photos: digests, problems: problems)
    }
}

enum StatementText {
    /// What an officer compares before approving.
    static func line(_ statement: BatchStatement, photoCount: Int?) -> String {
        let parts = DocumentLook.Part.allCases.map { part in
            let digest = statement.look.parts[part].map { String(Hex.encode($0).prefix(8)) } ?? "none"
            guard part == .photos, let photoCount, photoCount > 0 else { return "\(part.rawValue) \(digest)" }
            return "\(photoCount.grouped) photos \(digest)"
        }
        return
            "dated \(statement.awardDate), key \(statement.key), registry \(statement.registryVersion), "
            + parts.joined(separator: ", ")
    }
}
