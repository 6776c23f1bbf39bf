import Credential
import Errors
import PersonalData
import Signing
import Testing

@Suite struct IdentityProtectorTests {
    private func protector() throws -> IdentityProtector {
        // 64 bytes, as generated.
        try IdentityProtector(DataKeys(bytes: try DataKeys.generate())!)
    }

    private let document = IdentityDocument(kind: .residentIDCard, number: "370701200402151005")

    @Test("a pseudonym is the same for the same person, and another under another key or kind")
    func pseudonym() throws {
        let (one, other) = (try protector(), try protector())
        let pseudonym = try one.pseudonym(of: document)
        #expect(pseudonym.count == 16)
        #expect(try one.pseudonym(of: document) == pseudonym)
        #expect(try other.pseudonym(of: document) != pseudonym)
        #expect(try one.pseudonym(of: IdentityDocument(kind: .passport, number: document.number)) != pseudonym)
    }

    @Test("a box opens for its own certificate and under its own key only")
    func boxes() throws {
        let protector = try protector()
        let record = PrivateRecord(
            document: document, examDate: CalendarDate(daysSinceEpoch: 20_000), theory: Score(hundredths: 6050),
            skill: nil, review: Score(hundredths: 0), studentNumber: "2023", major: "物流")
        let (id, otherID) = (try protector.newCertificateID(), try protector.newCertificateID())
        #expect(id != otherID)
        let box = try protector.seal(record, for: id)
        #expect(try protector.open(box, for: id) == record)
        #expect(throws: SigningError(.decryptionFailed, zh: "", en: "")) { try protector.open(box, for: otherID) }
        #expect(throws: SigningError(.decryptionFailed, zh: "", en: "")) { try self.protector().open(box, for: id) }
        var changed = box
        changed[20] ^= 1
        #expect(throws: SigningError(.decryptionFailed, zh: "", en: "")) { try protector.open(changed, for: id) }
    }

    @Test("data keys are exactly 64 bytes")
    func keyLength() throws {
        #expect(DataKeys(bytes: []) == nil)
        #expect(DataKeys(bytes: [UInt8](repeating: 1, count: 63)) == nil)
    }
}
