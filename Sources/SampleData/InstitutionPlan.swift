import Credential

/// What the seed decides about one institution: occupations filed, majors assessed, and who
/// takes which examination when.
struct InstitutionPlan: Sendable {
    let profile: InstitutionProfile
    let filings: [Filing]
    let majors: [SampleMajor]
    /// In the order of the result sheet: a major's offerings stand together.
    let offerings: [Offering]

    /// One major's candidates for one occupation and level.
    struct Offering: Sendable {
        let major: Int
        let majorName: String
        let occupation: CatalogueOccupation
        let level: SkillLevel
        let examDate: CalendarDate
        /// Share of the institution's candidates.
        let weight: Int
    }

    init(profile: InstitutionProfile, random: inout SplitMix64) {
        self.profile = profile
        let pool = random.shuffled(profile.fields.flatMap(OccupationCatalogue.occupations))
        let occupations = Array(pool.prefix(profile.seniorFilings)).sorted { $0.occupation.code < $1.occupation.code }
        let alsoIntermediate = random.shuffled(occupations).prefix(profile.intermediateFilings).map(\.occupation)

        var exams: [Exam] = []
        for entry in occupations {
            exams.append(Exam(entry, level: .seniorWorker, random: &random))
            if alsoIntermediate.contains(entry.occupation) {
                exams.append(Exam(entry, level: .intermediateWorker, random: &random))
            }
        }
        filings = exams.map { $0.filing(of: profile.id, random: &random) }

        let assessed = Self.assessedMajors(of: occupations, count: profile.majors, random: &random)
        majors = assessed.map { $0.record(of: profile.id, random: &random) }
        offerings = assessed.indices.flatMap { index in
            assessed[index].occupations.enumerated().flatMap { rank, entry in
                exams.filter { $0.entry.occupation == entry.occupation }.map { exam in
                    Offering(
                        major: index, majorName: assessed[index].major.name, occupation: entry, level: exam.level,
                        examDate: exam.date, weight: exam.weight(ofFirstChoice: rank == 0, random: &random))
                }
            }
        }
    }

    /// One major of every occupation, so that each filing finds candidates, then more at random.
    private static func assessedMajors(
        of occupations: [CatalogueOccupation], count: Int, random: inout SplitMix64
    ) -> [AssessedMajor] {
        var chosen: [(CatalogueOccupation, CatalogueOccupation.Major)] = []
        var others: [(CatalogueOccupation, CatalogueOccupation.Major)] = []
        for entry in occupations {
            let majors = random.shuffled(entry.majors)
            chosen += majors.prefix(1).map { (entry, $0) }
            others += majors.dropFirst().map { (entry, $0) }
        }
        chosen += random.shuffled(others).prefix(count - chosen.count)
        return chosen.sorted { $0.1.code < $1.1.code }.map { entry, major in
            let related = occupations.filter { $0.field == entry.field && $0.occupation != entry.occupation }
            let second = !related.isEmpty && random.chance(perMille: 400) ? [random.pick(related)] : []
            return AssessedMajor(major: major, occupations: [entry] + second)
        }
    }
}

private struct AssessedMajor {
    let major: CatalogueOccupation.Major
    let occupations: [CatalogueOccupation]

    func record(of institution: InstitutionID, random: inout SplitMix64) -> SampleMajor {
        let month = random.next(in: 3...12)
        return SampleMajor(
            institution: institution, code: major.code, name: major.name, occupations: occupations.map(\.occupation),
            decided: .sample(2025, month, random.next(in: 1...28)), basis: "联合专家组评审意见〔2025〕\(month)号（样例）")
    }
}

/// An occupation at one level, examined on one day.
private struct Exam {
    let entry: CatalogueOccupation
    let level: SkillLevel
    let date: CalendarDate

    init(_ entry: CatalogueOccupation, level: SkillLevel, random: inout SplitMix64) {
        self.entry = entry
        self.level = level
        date = .sample(2026, 6, random.next(in: 20...28))
    }

    /// Three years from some month between September 2023 and March 2026: June 2026 is covered.
    func filing(of institution: InstitutionID, random: inout SplitMix64) -> Filing {
        let month = random.next(in: 8...38)
        let from = CalendarDate.sample(2023 + month / 12, month % 12 + 1, 1)
        let end = CalendarDate.sample(from.year + 3, month % 12 + 1, 1)
        return Filing(
            institution: institution, occupation: entry.occupation, level: level, from: from,
            to: CalendarDate(daysSinceEpoch: end.daysSinceEpoch - 1))
    }

    func weight(ofFirstChoice isFirst: Bool, random: inout SplitMix64) -> Int {
        guard level == .seniorWorker else { return 2 }
        return isFirst ? random.next(in: 8...40) : random.next(in: 3...12)
    }
}
