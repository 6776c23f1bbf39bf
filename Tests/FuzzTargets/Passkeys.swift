import TestSupport
import WebAuthn

/// What a browser sends of a passkey, as fuzzers change it.
enum Passkeys {
    private static let clientData = Array(
        #"{"type":"webauthn.create","challenge":"AAAA","origin":"https://portal.example.org"}"#.utf8)

    /// The first byte says which part of an answer the rest is.
    static func read(_ input: [UInt8]) {
        guard let party = try? RelyingParty(origin: "https://portal.example.org") else { return }
        let part = Array(input.dropFirst())
        switch (input.first ?? 0) % 4 {
        case 0: register(clientData, part, at: party)
        case 1: register(part, [], at: party)
        case 2:
            let answer = AssertionResponse(
                credentialID: [1], userHandle: [1], clientDataJSON: clientData, authenticatorData: part, signature: part
            )
            let record = CredentialRecord(id: [1], userHandle: [1], cose: part, counter: 0, isBackupEligible: false)
            _ = try? party.verify(answer, challenge: [0, 0, 0], credential: record)
        default:
            _ = try? RegistrationResponse(json: String(decoding: part, as: UTF8.self))
            _ = try? AssertionResponse(json: String(decoding: part, as: UTF8.self))
            _ = try? CredentialKey(cose: part)
        }
    }

    private static func register(_ clientData: [UInt8], _ object: [UInt8], at party: RelyingParty) {
        let response = RegistrationResponse(credentialID: [1], clientDataJSON: clientData, attestationObject: object)
        _ = try? party.verify(response, challenge: [0, 0, 0])
    }

    static func seeds() throws -> [[UInt8]] {
        struct File: Decodable { let cases: [[String: Value]] }
        enum Value: Decodable {
            case text(String)
            case other
            init(from decoder: any Decoder) throws {
                self = (try? decoder.singleValueContainer().decode(String.self)).map(Value.text) ?? .other
            }
        }
        let cases = try Vectors.json("webauthn/cases.json", as: File.self).cases
        func seeds(_ member: String, _ part: UInt8) -> [[UInt8]] {
            cases.prefix(40).compactMap {
                if case .text(let hex)? = $0[member] { [part] + Vectors.hex(hex) } else { nil }
            }
        }
        let keys = cases.suffix(40).compactMap { one -> [UInt8]? in
            if case .text(let hex)? = one["cose"] { [3] + Vectors.hex(hex) } else { nil }
        }
        return seeds("attestationObject", 0) + seeds("clientDataJSON", 1) + keys.prefix(3)
    }
}
