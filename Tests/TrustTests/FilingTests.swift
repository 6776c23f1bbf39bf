import Credential
import Signing
import Testing
import Trust

/// Who was filed for what, and when.
@Suite struct FilingTests {
    private static let occupation = "5-05-01-02"

    private func isFiled(
        _ authority: Authority, key: PrivateKey? = nil, occupation: String = FilingTests.occupation,
        level: SkillLevel = .seniorWorker, on day: String
    ) throws -> Bool {
        let verified = try authority.published()
        let record = try #require(verified.key((key ?? authority.issuers[0]).publicKey.kid))
        let date = try #require(CalendarDate(iso8601: day))
        return verified.isFiled(record, occupationCode: occupation, level: level, on: date)
    }

    @Test(
        "Both ends of a period are in it, the days around it are not",
        arguments: [
            ("2023-12-31", false), ("2024-01-01", true), ("2026-06-30", true), ("2027-12-31", true),
            ("2028-01-01", false), ("1960-01-01", false),
        ])
    func period(day: String, expected: Bool) throws {
        #expect(try isFiled(Authority(), on: day) == expected)
    }

    @Test("Only the levels that are named are filed", arguments: SkillLevel.allCases)
    func levels(level: SkillLevel) throws {
        let expected = level == .seniorWorker || level == .intermediateWorker
        #expect(try isFiled(Authority(), level: level, on: "2026-06-30") == expected)
    }

    @Test("Every level can be filed", arguments: SkillLevel.allCases)
    func everyLevel(level: SkillLevel) throws {
        var authority = try Authority()
        authority.list.institutions[0].filings[0].levels = [level.rawValue]
        for other in SkillLevel.allCases {
            #expect(try isFiled(authority, level: other, on: "2026-06-30") == (other == level))
        }
    }

    @Test("A filing counts for its own institution and occupation only, by whichever of its keys")
    func ownOnly() throws {
        let authority = try Authority()
        let day = "2026-06-30"
        for key in authority.issuers {
            #expect(try isFiled(authority, key: key, on: day))
            #expect(try !isFiled(authority, key: key, occupation: "4-02-06-03", on: day))
        }
        #expect(try !isFiled(authority, key: authority.otherIssuer, on: day))
        #expect(try isFiled(authority, key: authority.otherIssuer, occupation: "4-02-06-03", on: day))
        for spelling in ["5-05-01-02 ", "５-05-01-02", "5-05-01", ""] {
            #expect(try !isFiled(authority, occupation: spelling, on: day))
        }
    }

    @Test("Without a last day a filing stays open; between two periods there is none")
    func severalPeriods() throws {
        var authority = try Authority()
        authority.list.institutions[0].filings.append(
            .init(occupation: Self.occupation, name: "农业经理人", levels: [3], from: "2029-01-01"))
        let expected = [
            "2023-12-31": false, "2027-12-31": true, "2028-06-01": false, "2028-12-31": false, "2029-01-01": true,
            "2999-01-01": true,
        ]
        for (day, expected) in expected { #expect(try isFiled(authority, on: day) == expected, "\(day)") }
        #expect(try !isFiled(authority, level: .intermediateWorker, on: "2029-01-01"))
    }
}
