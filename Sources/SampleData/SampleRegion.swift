import Credential

/// A synthetic region: institutions, what they may certify, and the results of one June.
///
/// The same seed and number of candidates give the same bytes, on every machine.
package struct SampleRegion: Sendable {
    /// Distinct identity numbers would last for 13.9 million.
    package static let candidateRange = 1...10_000_000

    package let institutions: [SampleInstitution]
    /// One for each institution, occupation and level.
    package let filings: [Filing]
    package let majors: [SampleMajor]

    private let seed: UInt64
    let plans: [InstitutionPlan]
    private let candidates: Int

    package init(seed: UInt64, candidates: Int = 15_000) throws(SampleProblem) {
        guard Self.candidateRange.contains(candidates) else { throw .candidatesOutOfRange(candidates) }
        self.seed = seed
        self.candidates = candidates
        var random = SplitMix64(seed: seed, stream: 0)
        plans = InstitutionProfile.all.map { InstitutionPlan(profile: $0, random: &random) }
        institutions = zip(plans, 1...).map { SampleInstitution(profile: $0.profile, serial: $1) }
        filings = plans.flatMap(\.filings)
        majors = plans.flatMap(\.majors)
    }

    /// The registry tables, then a result sheet for each institution; nothing is made until written.
    package func files() -> [SampleFile] {
        var files = [
            SampleFile(path: "institutions.csv", encoding: .utf8, table: institutionTable),
            SampleFile(path: "filings.csv", encoding: .utf8, table: filingTable),
            SampleFile(path: "occupations.csv", encoding: .utf8, table: occupationTable),
            SampleFile(path: "majors.csv", encoding: .utf8, table: majorTable(candidates: candidatesOfMajors)),
            SampleFile(path: "eligibility.csv", encoding: .utf8, table: eligibilityTable),
        ]
        var firstCandidate = 0
        for (index, rows) in candidatesOfInstitutions.enumerated() {
            files.append(resultFile(index, rows: rows, firstCandidate: firstCandidate))
            firstCandidate += rows
        }
        return files
    }

    private var candidatesOfInstitutions: [Int] { apportion(candidates, by: plans.map(\.profile.share)) }

    /// By institution and major.
    private var candidatesOfMajors: [[Int]] {
        zip(plans, candidatesOfInstitutions).map { plan, rows in
            var counts = Array(repeating: 0, count: plan.majors.count)
            for (offering, count) in zip(plan.offerings, apportion(rows, by: plan.offerings.map(\.weight))) {
                counts[offering.major] += count
            }
            return counts
        }
    }

    /// A sheet as a hurried registrar might send it: forty candidates, a dozen of them with something amiss.
    package func messySheet() -> MessySheet {
        let plan = plans[0]
        return MessySheet(
            SampleSheet(
                plan: plan, rows: 40, firstCandidate: candidates, identityNumbers: IdentityNumbers(seed: seed),
                random: SplitMix64(seed: seed, stream: 0x3E55)))
    }

    /// One institution's result sheet with any number of rows. Its candidates are not those of ``files()``.
    package func singleSheet(institution: InstitutionID, rows: Int) throws(SampleProblem) -> SampleFile {
        guard Self.candidateRange.contains(rows) else { throw .candidatesOutOfRange(rows) }
        guard let index = plans.firstIndex(where: { $0.profile.id == institution }) else {
            throw .unknownInstitution(institution)
        }
        return resultFile(index, rows: rows, firstCandidate: 0)
    }

    private func resultFile(_ index: Int, rows: Int, firstCandidate: Int) -> SampleFile {
        let plan = plans[index]
        let sheet = SampleSheet(
            plan: plan, rows: rows, firstCandidate: firstCandidate, identityNumbers: IdentityNumbers(seed: seed),
            random: SplitMix64(seed: seed, stream: UInt64(index + 1)))
        return SampleFile(path: "results/\(plan.profile.id).csv", encoding: plan.profile.encoding, results: sheet)
    }
}
