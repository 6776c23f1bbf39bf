import Credential
import Eligibility
import HomeFolder
import Issuance
import Store

/// The lines of the report.
package struct CoverageReport: Sendable {
    package struct Line: Sendable {
        package let institution: String
        package var major = ""
        package var occupation = ""
        /// Nil when the registry does not say how many graduate.
        package let eligible: Int?
        package let counts: [Int]

        package var applied: Int { counts[0] }
        package var issued: Int { counts[3] }
    }

    package private(set) var byInstitution: [Line] = []
    package private(set) var byMajor: [Line] = []
    package private(set) var byOccupation: [Line] = []
    package private(set) var all: [Line] = []

    package init(_ office: Office, year: Int?) async throws {
        let store = office.store
        let dataKeys = try office.home.dataKeys()
        func rows(_ kind: RegistryKind) async throws -> [RegistryRow] {
            try await store.read { try $0.registryEntries(kind.rawValue, version: nil) }.map(RegistryRow.init)
        }
        let majors = try await rows(.majors).map { try MajorEntry($0) }.filter { entry in
            year.map { entry.year == nil || entry.year == $0 } ?? true
        }
        let matrix = EligibilityMatrix(try await rows(.eligibility).map { try MajorVerdict($0) })
        let names = Dictionary(
            try await store.read { store in try store.institutions().flatMap { try store.filings(of: $0.id) } }
                .map { ($0.occupation.code, $0.occupation.name) }
        ) { $1 }
        // The registry as it was at the end of the year asked about.
        let day = year.flatMap { CalendarDate(year: $0, month: 12, day: 31) } ?? Clock.today()
        for institution in try await store.read({ try $0.institutions() }) {
            let coverage = try await Coverage(
                of: institution.id, year: year, store: store.forIssuing, dataKeys: dataKeys)
            let graduates = Graduates(majors.filter { $0.institution == institution.id }, matrix, on: day)
            add(coverage, graduates, institution.names.last?.name ?? institution.id.text, names)
        }
    }

    private mutating func add(
        _ coverage: Coverage, _ graduates: Graduates, _ institution: String, _ names: [String: String]
    ) {
        let groups = Set(coverage.groups).union(graduates.counts.keys)
        if groups.isEmpty { return }
        let sorted = groups.sorted {
            ($0.major ?? "", $0.occupationCode ?? "") < ($1.major ?? "", $1.occupationCode ?? "")
        }
        for group in sorted {
            let occupation = group.occupationCode.map { names[$0] ?? $0 } ?? ""
            let line = Line(
                institution: institution, major: group.major ?? "", occupation: occupation,
                eligible: graduates.counts[group], counts: Coverage.Stage.allCases.map { coverage.count(group, $0) })
            switch (group.major, group.occupationCode) {
            case (nil, nil): byInstitution.append(line)
            case (_, nil): byMajor.append(line)
            case (nil, _): byOccupation.append(line)
            default: all.append(line)
            }
        }
    }
}

/// How many graduates of an institution may be examined.
private struct Graduates {
    private(set) var counts: [Coverage.Group: Int] = [:]

    init(_ majors: [MajorEntry], _ matrix: EligibilityMatrix, on day: CalendarDate) {
        for major in majors {
            let codes = matrix.occupations(major.institution, major: major.name, on: day)
            if codes.isEmpty { continue }
            counts[Coverage.Group(), default: 0] += major.graduates
            counts[Coverage.Group(major: major.name), default: 0] += major.graduates
            for code in codes {
                counts[Coverage.Group(occupationCode: code), default: 0] += major.graduates
                counts[Coverage.Group(major: major.name, occupationCode: code), default: 0] += major.graduates
            }
        }
    }
}
