import Credential
import PersonalData
import Results
import Seal
import Store

/// How far the candidates of an institution have come (应评尽评), in persons.
package struct Coverage: Sendable {
    /// Each includes those after it.
    package enum Stage: Int, CaseIterable, Comparable, Sendable {
        case applied, sat, passed, issued

        package static func < (a: Self, b: Self) -> Bool { a.rawValue < b.rawValue }
    }

    package struct Group: Hashable, Sendable {
        /// Nil where all are counted together.
        package var major: String?
        package var occupationCode: String?

        package init(major: String? = nil, occupationCode: String? = nil) {
            self.major = major
            self.occupationCode = occupationCode
        }
    }

    /// The furthest stage of each person. One in two occupations counts once where they are counted together.
    private var stages: [Group: [[UInt8]: Stage]] = [:]

    package var groups: [Group] { Array(stages.keys) }

    package func count(_ group: Group, _ stage: Stage) -> Int {
        stages[group]?.values.reduce(0) { $0 + ($1 >= stage ? 1 : 0) } ?? 0
    }

    private mutating func add(_ person: [UInt8], _ stage: Stage, major: String, occupationCode: String) {
        for group in [
            Group(), Group(major: major), Group(occupationCode: occupationCode),
            Group(major: major, occupationCode: occupationCode),
        ] {
            let known = stages[group]?[person]
            if known.map({ $0 < stage }) ?? true { stages[group, default: [:]][person] = stage }
        }
    }
}

extension Coverage {
    private static let pageSize = 2000

    /// - Parameter year: only exams of this year; all when nil.
    package init(of institution: InstitutionID, year: Int?, store: any IssuingStore, dataKeys: DataKeys) async throws {
        let protector = try IdentityProtector(dataKeys)
        var key: CertificateKey?
        while true {
            let after = key
            let page = try await store.read {
                try $0.certificates(of: institution, after: after, limit: Self.pageSize)
            }
            guard let last = page.last else { break }
            for held in page {
                let certificate = try CertificateClaims(decoding: held.payload[...]).certificate
                let record = try protector.open(held.privateBox, for: certificate.id)
                guard year.map({ $0 == record.examDate.year }) ?? true else { continue }
                add(held.holding.person, .issued, major: record.major, occupationCode: held.holding.occupationCode)
            }
            key = last.key
        }
        try await addAttempts(of: institution, year: year, store: store, protector)
    }

    private mutating func addAttempts(
        of institution: InstitutionID, year: Int?, store: any IssuingStore, _ protector: IdentityProtector
    ) async throws {
        var key: AttemptKey?
        while true {
            let after = key
            let page = try await store.read {
                try $0.attempts(of: institution, after: after, limit: Self.pageSize)
            }
            guard let last = page.last else { return }
            key = last.key
            for attempt in page where year.map({ $0 == attempt.examDate.year }) ?? true {
                let record = try protector.open(attempt)
                add(
                    attempt.holding.person, Stage(attempt.outcome), major: record.major,
                    occupationCode: attempt.holding.occupationCode)
            }
        }
    }
}

extension Coverage.Stage {
    fileprivate init(_ outcome: String) {
        switch Bin(rawValue: outcome) {
        case .quarantined: self = .passed
        case .failed, .void: self = .sat
        default: self = .applied
        }
    }
}
