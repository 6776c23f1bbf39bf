import Credential
import SampleData
import Testing

@Suite struct SampleRegionTests {
    @Test("the pilot's counts, whatever the seed", arguments: [0, 1, 2, 77, UInt64.max])
    func counts(seed: UInt64) throws {
        let region = try SampleRegion(seed: seed, candidates: 1_001)
        #expect(region.institutions.count == 13)
        #expect(region.filings.count == 159)
        #expect(Set(region.filings).count == 159)
        #expect(region.majors.count == 236)
        #expect(Set(region.majors.map { "\($0.institution) \($0.code)" }).count == 236)
        #expect(Sheets.results(of: region).count == 1_001)
    }

    @Test("one college sends 2,326 candidates of 18 majors through 15 occupations")
    func collegeOfTheReport() throws {
        let region = try SampleRegion(seed: 1)
        let file = try #require(region.files().first { $0.path == "results/4137012391.csv" })
        let rows = Sheets.rows(of: file)
        #expect(rows.count == 2_326)
        #expect(Set(rows.map { $0["专业"] }).count == 18)
        #expect(Set(rows.map { $0["职业编码"] }).count == 15)
    }

    @Test("every number prefix makes a number scheme, and all differ")
    func prefixes() throws {
        let prefixes = try SampleRegion(seed: 1).institutions.map(\.numberPrefix)
        for prefix in prefixes { _ = try NumberScheme(institutionPrefix: prefix) }
        #expect(Set(prefixes).count == 13)
        #expect(prefixes.first == "Y000037000001")
    }

    @Test("an occupation code has one name")
    func codesAreAFunction() throws {
        for seed in UInt64(1)...5 {
            let occupations = Set(try SampleRegion(seed: seed).filings.map(\.occupation))
            #expect(Set(occupations.map(\.code)).count == occupations.count)
        }
    }

    @Test("a major leads to one or two occupations, which its institution has filed; every filing has a major")
    func majorsFollowFilings() throws {
        let region = try SampleRegion(seed: 3)
        let filed = Set(region.filings.map { "\($0.institution) \($0.occupation.code)" })
        let taught = region.majors.flatMap { major in major.occupations.map { "\(major.institution) \($0.code)" } }
        #expect(Set(taught) == filed)
        #expect(region.majors.allSatisfy { (1...2).contains($0.occupations.count) })
        #expect(region.majors.allSatisfy { Set($0.occupations).count == $0.occupations.count })
    }

    @Test("a number of candidates that cannot be made is refused")
    func refusals() throws {
        #expect(throws: SampleProblem.candidatesOutOfRange(0)) { try SampleRegion(seed: 1, candidates: 0) }
        let region = try SampleRegion(seed: 1, candidates: 1)
        #expect(throws: SampleProblem.unknownInstitution(InstitutionID("1"))) {
            try region.singleSheet(institution: InstitutionID("1"), rows: 1)
        }
    }
}
