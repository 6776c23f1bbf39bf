import Credential
import Issuance
import Seal
import Signing
import Store
import StoreSQLite
import Testing

/// Certificates selected by when they were examined, and by what the registry says of them.
@Suite struct FilterTests {
    private static func chosen(
        _ workshop: Workshop, session: ClosedRange<CalendarDate>? = nil, _ defect: CertificateFilter.Defect? = nil
    ) async throws -> Set<CertificateKey> {
        let keys = workshop.dataKeys
        return try await workshop.openStore().read { store in
            var filter = try CertificateFilter(session: session, defect: defect, dataKeys: keys)
            return Set(
                try store.newestVersions(CertificateQuery(), after: nil, limit: 1000)
                    .filter { try filter.includes($0, in: store) }.map(\.key.certificate))
        }
    }

    @Test("A session has just those who were examined on its days")
    func session() async throws {
        let workshop = try await Workshop(rows: 120)
        try await workshop.issue()
        let versions = try await workshop.openStore().read {
            try $0.newestVersions(CertificateQuery(), after: nil, limit: 1000)
        }
        let days = try versions.map { try workshop.privateRecord(of: $0).examDate }
        let first = try #require(days.min())
        let expected = Set(zip(versions, days).filter { $0.1 == first }.map(\.0.key.certificate))
        #expect(try await Self.chosen(workshop, session: first...first) == expected)
        #expect(try await Self.chosen(workshop, session: first...(try #require(days.max()))).count == versions.count)
        let before = CalendarDate(daysSinceEpoch: first.daysSinceEpoch - 1)
        #expect(try await Self.chosen(workshop, session: before...before).isEmpty)
    }

    @Test("A defect is found when the registry comes to differ, and only then")
    func defects() async throws {
        let workshop = try await Workshop(rows: 120)
        try await workshop.issue()
        for defect in CertificateFilter.Defect.allCases {
            #expect(try await Self.chosen(workshop, defect).isEmpty, "\(defect)")
        }
        let store = try workshop.openStore()
        let all = try await store.read { try $0.newestVersions(CertificateQuery(), after: nil, limit: 1000) }
        let one = try CertificateClaims(decoding: all[0].payload[...]).certificate
        func same(_ isSame: (Certificate) -> Bool) throws -> Set<CertificateKey> {
            Set(
                try all.filter { isSame(try CertificateClaims(decoding: $0.payload[...]).certificate) }
                    .map(\.key.certificate))
        }
        let ofOccupation = try same { $0.occupation.code == one.occupation.code && $0.level == one.level }

        var institution = workshop.institution
        institution.names = [.init(name: "更名后的学院", from: CalendarDate(daysSinceEpoch: 0))]
        var filings = workshop.filings.filter { $0.occupation.code == one.occupation.code && $0.level == one.level }
        for index in filings.indices { filings[index].occupation = Occupation(code: one.occupation.code, name: "另名") }
        let (renamed, others) = (institution, filings)
        try await store.write { transaction in
            try transaction.save(renamed)
            for filing in others { try transaction.save(filing) }
        }
        #expect(try await Self.chosen(workshop, .institutionName).count == all.count)
        #expect(try await Self.chosen(workshop, .occupationName) == ofOccupation)
        #expect(try await Self.chosen(workshop, .notFiled).isEmpty)
        let ended = others.map { filing in
            var filing = filing
            filing.to = filing.from
            return filing
        }
        try await store.write { for filing in ended { try $0.save(filing) } }
        #expect(try await Self.chosen(workshop, .notFiled) == ofOccupation)
        #expect(try await Self.chosen(workshop, .occupationName).isEmpty)
    }
}
