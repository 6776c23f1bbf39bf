import Encodings
import FoundationEssentials
import Signing
import WebAuthn

/// An authenticator in software, with one passkey.
package struct SoftAuthenticator: Sendable {
    package let id: [UInt8]
    private let key: PrivateKey
    private struct Asked: Decodable { let challenge: String }
    private let party: RelyingParty

    package init(_ id: [UInt8], at party: RelyingParty) throws {
        (self.id, self.party) = (id, party)
        key = try .generate(.es256)
    }

    /// The challenge of what a browser was asked.
    package static func challenge(_ options: some Encodable) throws -> String {
        try JSONDecoder().decode(Asked.self, from: JSONEncoder().encode(options)).challenge
    }

    /// COSE_Key of its passkey.
    package var cose: [UInt8] {
        var cose = CBORWriter()
        cose.writeMapHead(count: 5)
        for number in [1, 2, 3, -7, -1, 1] { cose.writeInteger(number) }
        let point = key.publicKey.spki.suffix(64)
        for (label, half) in [(-2, point.prefix(32)), (-3, point.suffix(32))] {
            cose.writeInteger(label)
            cose.writeBytes(half)
        }
        return cose.bytes
    }

    package func registration(_ challenge: String) throws -> RegistrationResponse {
        let length = [UInt8(id.count >> 8), UInt8(id.count & 0xFF)]
        let attested = [UInt8](repeating: 0, count: 16) + length + id + cose
        var object = CBORWriter()
        object.writeMapHead(count: 3)
        object.writeText("fmt")
        object.writeText("none")
        object.writeText("attStmt")
        object.writeMapHead(count: 0)
        object.writeText("authData")
        object.writeBytes(try data(flags: 0x45, counter: 0) + attested)
        return RegistrationResponse(
            credentialID: id, clientDataJSON: client("create", challenge), attestationObject: object.bytes)
    }

    /// - Parameter flags: user present and verified by default (Web Authentication Level 3 §6.1).
    package func assertion(
        _ challenge: String, of handle: [UInt8], counter: UInt8, kind: String = "get", flags: UInt8 = 0x05
    ) throws -> AssertionResponse {
        let (client, data) = (client(kind, challenge), try data(flags: flags, counter: counter))
        let raw = try Signer(key).sign(data + SHA256.digest(client))
        return AssertionResponse(
            credentialID: id, userHandle: handle, clientDataJSON: client, authenticatorData: data,
            signature: DER.sequence(DER.unsigned(raw.prefix(32)), DER.unsigned(raw.suffix(32))))
    }

    private func client(_ kind: String, _ challenge: String) -> [UInt8] {
        Array(#"{"type":"webauthn.\#(kind)","challenge":"\#(challenge)","origin":"\#(party.origin)"}"#.utf8)
    }

    private func data(flags: UInt8, counter: UInt8) throws -> [UInt8] {
        try SHA256.digest(party.id.utf8) + [flags, 0, 0, 0, counter]
    }
}
