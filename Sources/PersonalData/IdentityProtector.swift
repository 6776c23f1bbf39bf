import Credential
import Encodings
import Errors
import FoundationEssentials
import Seal
import Signing

/// The two keys that guard identity numbers. Kept in a file of their own, apart from the database:
/// whoever has only one of the two has no identity number.
package struct DataKeys: Sendable {
    package static let byteCount = 64
    fileprivate let encryptionKey: [UInt8]
    fileprivate let matchingKey: [UInt8]

    package static func generate() throws(SigningError) -> [UInt8] { try SecureRandom.bytes(byteCount) }

    /// Nil unless there are exactly 64 bytes.
    package init?(bytes: [UInt8]) {
        guard bytes.count == Self.byteCount else { return nil }
        encryptionKey = Array(bytes.prefix(32))
        matchingKey = Array(bytes.suffix(32))
    }
}

/// Encrypts private records and makes the pseudonym by which a person is recognised. One per worker.
package final class IdentityProtector {
    private let cipher: AES256GCM
    private let hmac: HMACSHA256
    private let random = RandomPortions()

    package init(_ keys: DataKeys) throws(SigningError) {
        cipher = try AES256GCM(key: keys.encryptionKey)
        hmac = try HMACSHA256(key: keys.matchingKey)
    }

    package func newCertificateID() throws(SigningError) -> CertificateID {
        // As many bytes as an id has.
        CertificateID(bytes: Array(try random.next(CertificateID.byteCount)))!
    }

    /// The first 16 bytes of HMAC-SHA-256: without the key nothing can be tried against it, which a
    /// plain hash of an identity number would allow.
    package func pseudonym(of document: IdentityDocument) throws(SigningError) -> [UInt8] {
        Array(try hmac.authenticationCode(for: document.matchingBytes).prefix(16))
    }

    /// 32 bytes for another use of this installation, named so that no two uses share them.
    package func derivedKey(for use: String) throws(SigningError) -> [UInt8] {
        try hmac.authenticationCode(for: Array("signet key for \(use)".utf8))
    }

    /// Without the key nothing can be tried against it.
    package func keyedHash(of bytes: [UInt8]) throws(SigningError) -> [UInt8] {
        Array(try hmac.authenticationCode(for: bytes).prefix(16))
    }

    /// Bound to the person, so that no attempt can be given to another.
    package func seal(_ record: PrivateRecord, ofAttemptBy person: [UInt8]) throws(SigningError) -> [UInt8] {
        try cipher.seal(record.encoded, associated: Self.attempt + person)
    }

    package func open(_ box: [UInt8], ofAttemptBy person: [UInt8]) throws -> PrivateRecord {
        try PrivateRecord(decoding: cipher.open(box, associated: Self.attempt + person))
    }

    /// Bound to what the label names.
    package func seal(_ bytes: [UInt8], label: [UInt8]) throws(SigningError) -> [UInt8] {
        try cipher.seal(bytes, associated: label)
    }

    package func open(_ box: [UInt8], label: [UInt8]) throws -> [UInt8] { try cipher.open(box, associated: label) }

    package func seal(_ history: CorrectionHistory, of id: CertificateID) throws -> [UInt8] {
        try cipher.seal(Array(JSONEncoder().encode(history)), associated: Self.correction + id.bytes)
    }

    package func openCorrection(_ box: [UInt8], of id: CertificateID) throws -> CorrectionHistory {
        try JSONDecoder().decode(
            CorrectionHistory.self, from: Data(cipher.open(box, associated: Self.correction + id.bytes)))
    }

    private static let correction = Array("correction|".utf8)
    private static let attempt = Array("attempt|".utf8)

    /// Bound to the certificate's id, so that no box opens beside another certificate.
    package func seal(_ record: PrivateRecord, for id: CertificateID) throws(SigningError) -> [UInt8] {
        try cipher.seal(record.encoded, associated: id.bytes)
    }

    package func open(_ box: [UInt8], for id: CertificateID) throws -> PrivateRecord {
        try PrivateRecord(decoding: cipher.open(box, associated: id.bytes))
    }
}

extension CBORWriter {
    fileprivate mutating func write(_ score: Score?, as key: Int) {
        guard let score else { return }
        writeInteger(key)
        writeInteger(score.hundredths)
    }
}

extension PrivateRecord {
    fileprivate var encoded: [UInt8] {
        var writer = CBORWriter(reservingCapacity: 96)
        writer.writeMapHead(count: 5 + (theory == nil ? 0 : 1) + (skill == nil ? 0 : 1) + (review == nil ? 0 : 1))
        writer.writeInteger(1)
        writer.writeInteger(document.kind.rawValue)
        writer.writeInteger(2)
        writer.writeText(document.number)
        writer.writeInteger(3)
        writer.writeInteger(examDate.daysSinceEpoch)
        writer.writeInteger(4)
        writer.writeText(studentNumber)
        writer.write(theory, as: 5)
        writer.write(skill, as: 6)
        writer.write(review, as: 7)
        writer.writeInteger(8)
        writer.writeText(major)
        return writer.bytes
    }

    fileprivate init(decoding bytes: [UInt8]) throws {
        var integers: [Int: Int] = [:]
        var texts: [Int: String] = [:]
        var reader = CBORReader(bytes)
        try reader.readMap { (key, reader) throws(FormatError) in
            switch key {
            case .integer(let key) where [2, 4, 8].contains(key): texts[key] = try reader.readText()
            case .integer(let key): integers[key] = try reader.readInteger()
            case .text: try reader.skip()
            }
        }
        try reader.finish()
        guard let kind = integers[1].flatMap(IdentityDocument.Kind.init(rawValue:)), let number = texts[2],
            let examDay = integers[3], let studentNumber = texts[4], let major = texts[8]
        else { throw FormatError(.malformedClaims, zh: "有一份非公开记录缺少字段", en: "a private record lacks a field") }
        self.init(
            document: IdentityDocument(kind: kind, number: number),
            examDate: CalendarDate(daysSinceEpoch: examDay), theory: integers[5].map(Score.init(hundredths:)),
            skill: integers[6].map(Score.init(hundredths:)), review: integers[7].map(Score.init(hundredths:)),
            studentNumber: studentNumber, major: major)
    }
}
