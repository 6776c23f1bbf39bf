import Credential
import Eligibility
import Results
import Signing

/// Freezes content: the digest of what is to be certified, whatever file, encoding or column order
/// it came in.
struct ContentDigester {
    private let hasher: SHA256Hasher
    private var buffer: [UInt8] = []

    init() throws(SigningError) { hasher = try SHA256Hasher() }

    /// Of one result that may be certified. Fields are preceded by their lengths, so that no two
    /// contents run together into the same bytes.
    mutating func digest(of eligible: EligibleResult) throws(SigningError) -> [UInt8] {
        try digest(of: eligible.result, eligible.occupation)
    }

    mutating func digest(of result: ExamResult, _ occupation: Occupation) throws(SigningError) -> [UInt8] {
        buffer.removeAll(keepingCapacity: true)
        append(result.name)
        append(result.document.kind.rawValue)
        append(result.document.number)
        append(occupation.code)
        append(occupation.name)
        append(result.specialisation ?? "")
        append(result.level.rawValue)
        for score in [result.theory, result.skill, result.review] { append(score?.hundredths ?? -1) }
        append(result.examDate.daysSinceEpoch)
        append(result.studentNumber)
        append(result.major)
        return try finishBuffer()
    }

    /// Of a chunk's rows with a result: each row's number and its content.
    mutating func digest(of chunk: JudgedChunk) throws(SigningError) -> [UInt8] {
        buffer.removeAll(keepingCapacity: true)
        for row in chunk.eligible { append(row) }
        for attempt in chunk.attempts { append(attempt.row) }
        for resit in chunk.resits { append(resit.row) }
        return try finishBuffer()
    }

    /// Of a chunk's text as it was read.
    func digest(of chunk: SheetChunk) throws(SigningError) -> [UInt8] {
        try hasher.update(chunk.bytes)
        return try hasher.finalize()
    }

    /// Of a whole batch.
    ///
    /// - Parameters:
    ///   - withheld: rows that are not certified although their chunk has them.
    ///   - joined: resits that are certified with parts of earlier attempts, and what they came to.
    func digest(
        institution: InstitutionID, chunks: [[UInt8]], withheld: [Int], joined: [(row: Int, content: [UInt8])]
    ) throws(SigningError) -> [UInt8] {
        try hasher.update(Array("signet-batch-2\n\(institution.text)\n\(chunks.count)\n".utf8))
        for chunk in chunks { try hasher.update(chunk) }
        for row in withheld { try hasher.update(Array("withheld \(row)\n".utf8)) }
        for (row, content) in joined { try hasher.update(Array("joined \(row)\n".utf8) + content) }
        return try hasher.finalize()
    }

    private func finishBuffer() throws(SigningError) -> [UInt8] {
        try hasher.update(buffer)
        return try hasher.finalize()
    }

    private mutating func append(_ text: String) {
        append(text.utf8.count)
        buffer.append(contentsOf: text.utf8)
    }

    private mutating func append(_ row: JudgedChunk.Row) {
        append(row.sheetRow)
        buffer.append(contentsOf: row.content)
    }

    private mutating func append(_ integer: Int) {
        withUnsafeBytes(of: Int64(integer).bigEndian) { buffer.append(contentsOf: $0) }
    }
}
