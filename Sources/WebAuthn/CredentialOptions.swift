import Encodings
import FoundationEssentials

/// What the browser is asked, as `PublicKeyCredential.parseCreationOptionsFromJSON` and `…RequestOptionsFromJSON` take it
/// (Web Authentication Level 3 §5.1.8, §5.1.9). Bytes are base64url.
package struct CreationOptions: Encodable, Sendable {
    private struct Party: Encodable { let id, name: String }
    private struct User: Encodable { let id, name, displayName: String }
    private struct Parameter: Encodable {
        var type = "public-key"
        let alg: Int
    }
    private struct Selection: Encodable {
        var residentKey = "required"
        var requireResidentKey = true
        var userVerification = "required"
    }

    private let rp: Party
    private let user: User
    private let challenge: String
    private let pubKeyCredParams = CredentialKey.offeredAlgorithms.map { Parameter(alg: $0) }
    private let timeout = CeremonyTime.seconds * 1000
    private let excludeCredentials: [Descriptor]
    private let authenticatorSelection = Selection()
    private let attestation = "none"

    /// - Parameters:
    ///   - userHandle: at most 64 bytes that say nothing of the person (§14.6.1).
    ///   - excluding: the passkeys that the account has already.
    package init(
        _ party: RelyingParty, challenge: [UInt8], userHandle: [UInt8], name: String, excluding: [[UInt8]]
    ) {
        rp = Party(id: party.id, name: "Signet")
        user = User(id: Base64URL.encode(userHandle), name: name, displayName: name)
        self.challenge = Base64URL.encode(challenge)
        excludeCredentials = excluding.map { Descriptor(id: Base64URL.encode($0)) }
    }
}

package struct RequestOptions: Encodable, Sendable {
    private let challenge: String
    private let timeout: Int
    private let rpId: String
    private let userVerification = "required"
    private let allowCredentials: [Descriptor]

    /// No passkey is named: the browser shows those that it has, so that no name is typed and no account given away.
    package init(_ party: RelyingParty, challenge: [UInt8]) {
        (rpId, self.challenge) = (party.id, Base64URL.encode(challenge))
        (timeout, allowCredentials) = (CeremonyTime.seconds * 1000, [])
    }

    /// - Parameters:
    ///   - passkey: which alone may answer.
    ///   - seconds: for how long the challenge is good.
    package init(_ party: RelyingParty, challenge: [UInt8], passkey: [UInt8], seconds: Int) {
        (rpId, self.challenge, timeout) = (party.id, Base64URL.encode(challenge), seconds * 1000)
        allowCredentials = [Descriptor(id: Base64URL.encode(passkey))]
    }
}

package enum CeremonyTime {
    /// For how long a challenge is good.
    package static let seconds = 300
}

private struct Descriptor: Encodable {
    var type = "public-key"
    let id: String
}
