import Credential
import Errors
import StatusList
import Store

/// Values to keep. Rows are numbered as in a results sheet; two rows never share a person or number.
enum Sample {
    static let institution = Institution(
        id: InstitutionID("4137012391"),
        names: [
            .init(name: "潍坊职业学校", from: CalendarDate(daysSinceEpoch: -300)),
            .init(name: "潍坊职业学院", from: CalendarDate(daysSinceEpoch: 11_474)),
        ],
        // One letter and 12 digits.
        numberScheme: try! NumberScheme(institutionPrefix: "Y000037000001"), phone: "0536-8880000",
        website: "https://www.sdwfvc.cn")

    static let awardDate = CalendarDate(daysSinceEpoch: 20_634)
    static let approval = Approval(actor: "李主任", reason: "2026 年第 2 批 \"高级工\"", time: 1_782_813_600)
    static let keyID: [UInt8] = Array(1...8)

    static func filing(
        _ level: SkillLevel = .seniorWorker, name: String = "物流服务师", from: Int = 19_723, to: Int? = 21_183
    ) -> Filing {
        Filing(
            institution: institution.id, occupation: Occupation(code: "4-02-06-03", name: name), level: level,
            from: CalendarDate(daysSinceEpoch: from), to: to.map(CalendarDate.init(daysSinceEpoch:)))
    }

    static func chunk(_ position: Int) -> BatchChunk {
        BatchChunk(position: position, digest: [UInt8](repeating: UInt8(position), count: 32))
    }

    static func number(_ row: Int) -> CertificateNumber {
        let digits = String(row)
        return CertificateNumber("Y0000370000012630" + String(repeating: "0", count: 5 - digits.count) + digits)
    }

    static func holding(_ row: Int, level: SkillLevel = .seniorWorker) -> Holding {
        Holding(person: bytes("person", row, count: 16), occupationCode: "4-02-06-03", level: level)
    }

    static func certificate(
        _ row: Int, number: Int? = nil, holding: Int? = nil, boxCount: Int = 120, payloadCount: Int = 250
    ) -> NewCertificate {
        NewCertificate(
            sheetRow: row, number: Self.number(number ?? row), holding: Self.holding(holding ?? row),
            privateBox: bytes("box", row, count: boxCount), payload: bytes("payload", row, count: payloadCount),
            keyID: keyID)
    }

    static let approved = approved("first")

    static func approved(_ statement: String) -> BatchApproval {
        BatchApproval(digest: bytes(statement, 0, count: 32), statement: statement, approval: approval)
    }

    static func signature(_ key: VersionKey) -> VersionSignature {
        VersionSignature(key: key, signature: bytes("signature", key.certificate.row, count: 64))
    }

    /// Bytes that differ by kind and row.
    private static func bytes(_ kind: String, _ row: Int, count: Int) -> [UInt8] {
        Array((Array("\(kind) \(row) ".utf8) + [UInt8](repeating: 0xA5, count: count)).prefix(count))
    }
}

extension Store {
    /// A batch in the sample institution; the digest of its content is made of one byte.
    @discardableResult
    func insertBatch(_ content: UInt8 = 1, chunks: Int = 1) async throws -> Batch {
        try await write {
            try $0.save(Sample.institution)
            return try $0.insertBatch(
                content: [UInt8](repeating: content, count: 32), institution: Sample.institution.id,
                awardDate: Sample.awardDate, Sample.approved, chunks: (0..<chunks).map(Sample.chunk))
        }
    }

    @discardableResult
    func insert(_ rows: some Sequence<Int> & Sendable, into batch: Batch) async throws -> [VersionKey] {
        let certificates = rows.map { Sample.certificate($0) }
        return try await write { try $0.insert(certificates, into: batch.id) }
    }

    func sign(_ keys: [VersionKey]) async throws {
        try await write { try $0.insert(keys.map(Sample.signature)) }
    }
}

extension StoreReading {
    // One of what the store answers in sets.

    func isHeld(_ holding: Holding) throws -> Bool { try !held([holding]).isEmpty }
    func sealedVersion(_ key: VersionKey) throws -> SealedVersion? { try sealedVersions([key])[key] }
    func certificate(heldAs holding: Holding) throws -> HeldCertificate? {
        try certificates(heldAs: [holding])[holding]
    }
    func attempts(of holding: Holding) throws -> [AttemptRecord] { try attempts(of: [holding])[holding] ?? [] }
    func statusEntry(at place: StatusPlace) throws -> StatusEntry? { try statusEntries(at: [place])[place] }
}

extension StoreError {
    static let conflict = StoreError(.conflict, zh: "", en: "")
}
