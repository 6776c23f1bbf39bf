import Errors
import TestSupport
import Testing

@testable import WebAuthn

/// Sound answers of an authenticator in software, and those of which a single thing is wrong.
/// Tests/WebAuthn/run.py asks two other implementations about the same file.
@Suite struct CaseTests {
    struct File: Decodable {
        let origin: String
        let cases: [Case]
    }

    struct Case: Decodable {
        let name, kind, expect, challenge, id, clientDataJSON: String
        let attestationObject, recordID, cose, authenticatorData, signature, userHandle, recordHandle: String?
        let counter: UInt32?
        let backupEligible: Bool?

        func verify(at party: RelyingParty) throws {
            let challenge = Vectors.hex(challenge)
            guard kind == "assertion" else {
                let response = RegistrationResponse(
                    credentialID: Vectors.hex(id), clientDataJSON: Vectors.hex(clientDataJSON),
                    attestationObject: Vectors.hex(attestationObject ?? ""), transports: ["usb", "carrier-pigeon"])
                let made = try party.verify(response, challenge: challenge)
                #expect(made.id == Vectors.hex(id) && made.transports == ["usb"])
                return
            }
            let response = AssertionResponse(
                credentialID: Vectors.hex(id), userHandle: Vectors.hex(userHandle ?? ""),
                clientDataJSON: Vectors.hex(clientDataJSON), authenticatorData: Vectors.hex(authenticatorData ?? ""),
                signature: Vectors.hex(signature ?? ""))
            let record = CredentialRecord(
                id: Vectors.hex(recordID ?? ""), userHandle: Vectors.hex(recordHandle ?? ""),
                cose: Vectors.hex(cose ?? ""), counter: counter ?? 0, isBackupEligible: backupEligible ?? false)
            let verified = try party.verify(response, challenge: challenge, credential: record)
            #expect(verified.counter == 7 || verified.counter == 0)
        }
    }

    @Test("Sound answers are taken; each mutant is refused, for what is wrong with it")
    func cases() throws {
        let file = try Vectors.json("webauthn/cases.json", as: File.self)
        let party = try RelyingParty(origin: file.origin)
        var refused = ["registration": 0, "assertion": 0]
        for one in file.cases {
            do {
                try one.verify(at: party)
                #expect(one.expect == "accepted", "\(one.kind): \(one.name)")
            } catch let error as WebAuthnError {
                #expect(one.expect == error.code.rawValue, "\(one.kind): \(one.name): \(error)")
                refused[one.kind, default: 0] += 1
            }
        }
        #expect(refused["registration", default: 0] >= 60 && refused["assertion", default: 0] >= 60)
        #expect(file.cases.count { $0.expect == "accepted" } == 11)
    }

    @Test("A counter that does not rise is told, and refuses nothing", arguments: [UInt32(6), 7, 8])
    func counter(kept: UInt32) throws {
        let file = try Vectors.json("webauthn/cases.json", as: File.self)
        let one = try #require(file.cases.first { $0.kind == "assertion" })
        let response = AssertionResponse(
            credentialID: Vectors.hex(one.id), userHandle: Vectors.hex(one.userHandle ?? ""),
            clientDataJSON: Vectors.hex(one.clientDataJSON),
            authenticatorData: Vectors.hex(one.authenticatorData ?? ""),
            signature: Vectors.hex(one.signature ?? ""))
        let record = CredentialRecord(
            id: Vectors.hex(one.id), userHandle: Vectors.hex(one.userHandle ?? ""), cose: Vectors.hex(one.cose ?? ""),
            counter: kept, isBackupEligible: false)
        let verified = try RelyingParty(origin: file.origin).verify(
            response, challenge: Vectors.hex(one.challenge), credential: record)
        #expect(verified.hasCounterRisen == (kept < 7))
    }

    @Test(
        "Only origins at which browsers make passkeys are taken",
        arguments: [
            ("https://portal.example.org", true), ("http://localhost:8080", true),
            ("https://portal.example.org:8443", true),
            ("http://portal.example.org", false), ("https://127.0.0.1", false), ("http://127.0.0.1:80", false),
            ("https://[::1]", false), ("https://portal.example.org/", false), ("https://Portal.example.org", false),
            ("https://portal.example.org:443", false), ("https://", false), ("portal.example.org", false),
            ("https://a@b.example", false), ("https://a..b", false), ("https://1.2.3.0x4", false),
        ])
    func origins(origin: String, isGood: Bool) {
        #expect(((try? RelyingParty(origin: origin)) != nil) == isGood)
    }
}
