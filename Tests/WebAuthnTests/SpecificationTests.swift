import Errors
import Signing
import TestSupport
import Testing

@testable import WebAuthn

/// The specification's own test vectors: sound answers of authenticators of many kinds.
@Suite struct SpecificationTests {
    struct Vector: Decodable, Sendable {
        struct Registration: Decodable, Sendable {
            let challenge, credentialID, clientDataJSON, attestationObject: String

            enum CodingKeys: String, CodingKey {
                case challenge, clientDataJSON, attestationObject
                case credentialID = "credential_id"
            }
        }
        struct Authentication: Decodable, Sendable {
            let challenge, authenticatorData, clientDataJSON, signature: String
        }
        let name: String
        let registration: Registration
        let authentication: Authentication
    }

    private static let foreign = ["ES384", "ES512", "Ed448"]

    /// What stands against a sound one here: our rules are stricter than the vectors'.
    private static func expected(_ vector: Vector, _ flags: UInt8) -> WebAuthnErrorCode? {
        if ["crossOrigin", "topOrigin"].contains(where: vector.name.contains) { return .wrongOrigin }
        if flags & 0x04 == 0 { return .userNotVerified }
        return foreign.contains(where: vector.name.contains) ? .unsupportedKey : nil
    }

    private static func code(_ body: () throws -> Void) -> WebAuthnErrorCode? {
        do {
            try body()
            return nil
        } catch { return (error as? WebAuthnError)?.code ?? .unusableOrigin }
    }

    @Test("Every vector is taken, or refused for the one thing that we refuse")
    func vectors() throws {
        let vectors = try Vectors.json("webauthn/specification.json", as: [Vector].self)
        let party = try RelyingParty(origin: "https://example.org")
        var taken = (registrations: 0, assertions: 0)
        for vector in vectors {
            let registration = vector.registration
            let object = Vectors.hex(registration.attestationObject)
            let id = Vectors.hex(registration.credentialID)
            let start = try #require(object.firstRange(of: party.idHash)).lowerBound
            let response = RegistrationResponse(
                credentialID: id, clientDataJSON: Vectors.hex(registration.clientDataJSON), attestationObject: object)
            let refusal = Self.code { _ = try party.verify(response, challenge: Vectors.hex(registration.challenge)) }
            #expect(refusal == Self.expected(vector, object[start + 32]), "\(vector.name)")
            taken.registrations += refusal == nil ? 1 : 0

            // The key stands behind the id, whatever became of the registration.
            let data = try AuthenticatorData(Array(object[start...]).prefixed(by: object[start + 32], id: id))
            let authentication = vector.authentication
            let answer = AssertionResponse(
                credentialID: id, userHandle: [1], clientDataJSON: Vectors.hex(authentication.clientDataJSON),
                authenticatorData: Vectors.hex(authentication.authenticatorData),
                signature: Vectors.hex(authentication.signature))
            let record = CredentialRecord(
                id: id, userHandle: [1], cose: try #require(data.credential).cose, counter: 0,
                isBackupEligible: object[start + 32] & 0x08 != 0)
            let second = Self.code {
                _ = try party.verify(answer, challenge: Vectors.hex(authentication.challenge), credential: record)
            }
            #expect(second == Self.expected(vector, answer.authenticatorData[32]), "\(vector.name)")
            taken.assertions += second == nil ? 1 : 0
            if !Self.foreign.contains(where: vector.name.contains) {
                let signed = answer.authenticatorData + (try SHA256.digest(answer.clientDataJSON))
                #expect(try CredentialKey(cose: record.cose).isValid(answer.signature, for: signed), "\(vector.name)")
            }
        }
        #expect(vectors.count == 15 && taken.registrations >= 4 && taken.assertions == 3)
    }
}

extension [UInt8] {
    /// Authenticator data alone, from what begins with it: the key ends where its CBOR does.
    fileprivate func prefixed(by flags: UInt8, id: [UInt8]) -> [UInt8] {
        for count in (55 + id.count)...self.count where (try? AuthenticatorData(Array(prefix(count)))) != nil {
            return Array(prefix(count))
        }
        return self
    }
}
