import Credential
import Testing

@Suite struct CredentialTests {
    @Test("Days and dates agree over four centuries, and impossible days are refused")
    func dates() throws {
        #expect(CalendarDate(iso8601: "1970-01-01")?.daysSinceEpoch == 0)
        #expect(CalendarDate(iso8601: "2026-06-30")?.daysSinceEpoch == 20634)
        for days in stride(from: -100_000, through: 100_000, by: 1) {
            let date = CalendarDate(daysSinceEpoch: days)
            let (year, month, day) = date.components
            #expect(CalendarDate(year: year, month: month, day: day) == date)
        }
        for refused in [
            "2023-02-29", "1900-02-29", "2024-13-01", "2024-00-10", "2024-04-31", "2024-4-30", "2024-04-3x",
            "+024-04-30",
        ] {
            #expect(CalendarDate(iso8601: refused) == nil, "\(refused)")
        }
        #expect(CalendarDate(iso8601: "2024-02-29")?.description == "2024-02-29")
    }

    @Test("Instants are read as they are written, and nothing else is one")
    func instants() {
        for seconds in stride(from: 0, through: 4_000_000_000, by: 86_399 * 101) {
            #expect(UTCTime.seconds(rfc3339: UTCTime.rfc3339(seconds)) == seconds)
        }
        #expect(UTCTime.rfc3339(1_782_288_000) == "2026-06-24T08:00:00Z")
        #expect(UTCTime.text(1_782_288_000) == "2026-06-24 08:00:00 UTC")
        #expect(UTCTime.seconds(rfc3339: "2026-06-24") == 1_782_259_200)
        for refused in [
            "", "2026-06-31", "2026-06-24T08:00:00", "2026-06-24T24:00:00Z", "2026-06-24T08:60:00Z",
            "2026-06-24T8:00:00Z", "2026-06-24T+8:00:00Z", "2026-06-24T08:00Z", "2026-06-24T08:00:00ZT",
        ] {
            #expect(UTCTime.seconds(rfc3339: refused) == nil, "\(refused)")
        }
    }

    @Test("A name is one however it is spaced, spelled wide or dotted; another letter makes another")
    func names() {
        let name = ComparableName("阿依古丽·Rose买买提")
        for same in [
            "阿依古丽·Rose买买提", "阿依古丽•rose买买提", " 阿依古丽‧ ROSE 买买提\t", "阿依古丽．Ｒｏｓｅ买买提", "阿依\u{200B}古丽・rose买买提\u{FEFF}",
        ] {
            #expect(ComparableName(same) == name, "\(same)")
        }
        for other in ["阿依古丽Rose买买提", "阿依古麗·Rose买买提", "阿依古丽·Rosé买买提", "阿依古丽-Rose买买提", ""] {
            #expect(ComparableName(other) != name, "\(other)")
        }
    }

    @Test("Identity numbers: checksum, then date, area and sequence must exist (GB 11643)")
    func identityNumbers() throws {
        // 370702200302291239 passes the checksum on a day that never was.
        #expect(throws: ResidentIDNumber.Problem.birthDate) { try ResidentIDNumber("370702200302291239") }
        #expect(throws: ResidentIDNumber.Problem.length) { try ResidentIDNumber("37070220030229123") }
        #expect(throws: ResidentIDNumber.Problem.character) { try ResidentIDNumber("3707012003A2281239") }
        let valid = number("37070120030228123")
        #expect(try ResidentIDNumber(valid).birthDate == CalendarDate(iso8601: "2003-02-28"))
        #expect(try ResidentIDNumber(valid).sex == .male)
        #expect(throws: ResidentIDNumber.Problem.area) { try ResidentIDNumber(number("99070120030228123")) }
        #expect(throws: ResidentIDNumber.Problem.sequence) { try ResidentIDNumber(number("37070120030228000")) }
        #expect(try ResidentIDNumber(number("81000020030228122")).isResidencePermit)
        var wrong = Array(valid)
        wrong[10] = wrong[10] == "9" ? "0" : "9"
        #expect(throws: ResidentIDNumber.Problem.checksum) { try ResidentIDNumber(String(wrong)) }
    }

    @Test("Organisation codes (GB 32100)")
    func organisationCodes() throws {
        #expect(try OrganisationCode("91350100M000100Y43").text == "91350100M000100Y43")
        #expect(throws: OrganisationCode.Problem.checksum) { try OrganisationCode("91350100M000100Y44") }
        #expect(throws: OrganisationCode.Problem.character) { try OrganisationCode("91350100M000100I43") }
        #expect(throws: OrganisationCode.Problem.length) { try OrganisationCode("91350100M000100Y4") }
    }

    @Test("Certificate numbers have 22 characters, and end with an error, not a repetition")
    func numbers() throws {
        let scheme = try NumberScheme(institutionPrefix: "Y000037000001")
        let series = try scheme.series(year: 2026, level: .seniorWorker)
        #expect(try NumberScheme.number(series: series, serial: 42).text == "Y000037000001263000042")
        #expect(throws: NumberScheme.Problem.serialsExhausted(series: series)) {
            try NumberScheme.number(series: series, serial: 1_000_000)
        }
        #expect(throws: NumberScheme.Problem.levelWithoutDigit(.specialTechnician)) {
            try scheme.series(year: 2026, level: .specialTechnician)
        }
        for prefix in ["X000037000001", "Y00003700000", "Y00003700000A", "y000037000001"] {
            #expect(throws: NumberScheme.Problem.malformedPrefix(prefix)) {
                try NumberScheme(institutionPrefix: prefix)
            }
        }
    }

    @Test("Scores keep their hundredths")
    func scores() {
        #expect(Score(hundredths: 5950).description == "59.5")
        #expect(Score(hundredths: 6000).description == "60")
        #expect(Score(hundredths: 8705).description == "87.05")
        #expect(Score(hundredths: 5950) < Score(hundredths: 6000))
    }

    private func number(_ seventeen: String) -> String {
        let digits = seventeen.utf8.map { Int($0) - 0x30 }
        return seventeen + String(UnicodeScalar(ResidentIDNumber.checkCharacter(for: digits)))
    }
}
