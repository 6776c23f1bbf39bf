import Credential
import Encodings
import Foundation
import Signing
import Store
import Testing

/// What the bytes on the disk give away, for every driver.
@Suite struct PrivacyTests {
    private static let identityNumber = "370701200402151005"

    /// A certificate as issuance makes it: the number in an encrypted box, the person as a pseudonym.
    private static func certificate(payload: [UInt8]) throws -> NewCertificate {
        let plain = Array("\(identityNumber) 王小明 85.5".utf8)
        let box = try AES256GCM(key: SecureRandom.bytes(32)).seal(plain, associated: [1])
        let person = try HMACSHA256(key: SecureRandom.bytes(32)).authenticationCode(for: plain).prefix(16)
        return NewCertificate(
            sheetRow: 2, number: Sample.number(2),
            holding: Holding(person: Array(person), occupationCode: "4-02-06-03", level: .seniorWorker),
            privateBox: box, payload: payload, keyID: Sample.keyID)
    }

    /// The files in which a text stands, in UTF-8 or UTF-16, forwards or as two-digit nibbles.
    private func files(containing text: String, in directory: String) throws -> [String] {
        let spellings = [
            Data(text.utf8), text.data(using: .utf16LittleEndian), text.data(using: .utf16BigEndian),
            Hex.decode(text).map { Data($0) },
        ].compactMap { $0 }
        let names = try FileManager.default.subpathsOfDirectory(atPath: directory)
        #expect(!names.isEmpty)
        return try names.filter { name in
            let content = try Data(contentsOf: URL(filePath: directory + "/" + name))
            return spellings.contains { content.range(of: $0) != nil }
        }
    }

    @Test(
        "An identity number is in none of the store's files",
        arguments: StoreDriver.all)
    func boxed(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let certificate = try Self.certificate(payload: Array("no number here".utf8))
        let keys = try await store.write { try $0.insert([certificate], into: batch.id) }
        // A refused write must not leave it either.
        await #expect(throws: StoreError.conflict) {
            try await store.write { _ = try $0.insert([certificate], into: batch.id) }
        }
        try await store.sign(keys)
        #expect(try files(containing: Self.identityNumber, in: store.directory).isEmpty)
        #expect(try files(containing: "王小明", in: store.directory).isEmpty)
        #expect(
            try await store.read { try $0.sealedVersions(number: certificate.number) }.map(\.privateBox)
                == [certificate.privateBox])
    }

    @Test("Control: a number put into a payload by mistake is found", arguments: StoreDriver.all)
    func canary(driver: StoreDriver) async throws {
        let store = try TestStore(driver)
        let batch = try await store.insertBatch()
        let certificate = try Self.certificate(payload: Array("holder \(Self.identityNumber)".utf8))
        try await store.write { _ = try $0.insert([certificate], into: batch.id) }
        #expect(try !files(containing: Self.identityNumber, in: store.directory).isEmpty)
    }
}
