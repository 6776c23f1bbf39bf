import Encodings
import Errors
import Signing

/// What a browser sends of a new passkey (`AuthenticatorAttestationResponse`).
package struct RegistrationResponse: Sendable {
    /// The credential's id as the browser names it.
    package let credentialID: [UInt8]
    package let clientDataJSON, attestationObject: [UInt8]
    package let transports: [String]

    package init(
        credentialID: [UInt8], clientDataJSON: [UInt8], attestationObject: [UInt8], transports: [String] = []
    ) {
        (self.credentialID, self.clientDataJSON) = (credentialID, clientDataJSON)
        (self.attestationObject, self.transports) = (attestationObject, transports)
    }
}

/// A passkey that passed the checks and is not anybody's yet: its keeper refuses an id that is known (§7.1, last steps).
package struct NewCredential: Sendable {
    package let id: [UInt8]
    /// The public key, as COSE_Key.
    package let cose: [UInt8]
    package let counter: UInt32
    /// Of those that the specification names (§5.8.4).
    package let transports: [String]
    /// BE: whether it may exist on several devices.
    package let isBackupEligible: Bool
    /// BS: whether it does.
    package let isBackedUp: Bool
}

extension RelyingParty {
    private static let mostObjectBytes = 1 << 16
    private static let knownTransports: Set = ["usb", "nfc", "ble", "smart-card", "hybrid", "internal"]

    /// Registering a new credential (Web Authentication Level 3 §7.1), with user verification required.
    ///
    /// - Parameter challenge: one that we gave for this, spent before.
    package func verify(_ response: RegistrationResponse, challenge: [UInt8]) throws -> NewCredential {
        try CollectedClientData(response.clientDataJSON).check(.create, challenge: challenge, origin: origin)
        guard response.attestationObject.count <= Self.mostObjectBytes else {
            throw WebAuthnError.malformed("attestationObject is too long")
        }
        let data = try AuthenticatorData(Self.authenticatorData(in: response.attestationObject))
        try data.check(self)
        guard let credential = data.credential, credential.id == response.credentialID else {
            throw WebAuthnError.malformed("there is no credential of this id")
        }
        _ = try CredentialKey(cose: credential.cose)
        return NewCredential(
            id: credential.id, cose: credential.cose, counter: data.counter,
            transports: Set(response.transports).intersection(Self.knownTransports).sorted(),
            isBackupEligible: data.flags.contains(.backupEligible), isBackedUp: data.flags.contains(.backedUp))
    }

    /// §6.5: exactly `fmt`, `attStmt` and `authData`. The statement is read and ignored: none was asked for, and no trust is
    /// drawn from one.
    private static func authenticatorData(in object: [UInt8]) throws -> [UInt8] {
        var reader = CBORReader(object, dialect: .authenticator)
        var names: Set<String> = []
        var data: [UInt8] = []
        do {
            try reader.readMap(inAnyOrder: true) { (key, reader) throws(FormatError) in
                guard case .text(let name) = key else {
                    throw FormatError(.wrongType, zh: "名称不应是数字", en: "a name is a number")
                }
                names.insert(name)
                switch name {
                case "fmt": _ = try reader.readSafeText()
                case "attStmt": try reader.skipMap()
                case "authData": data = Array(try reader.readBytes())
                default: throw FormatError(.malformed, zh: "未知的名称", en: "an unknown name")
                }
            }
            try reader.finish()
        } catch let error {
            throw WebAuthnError.malformed("attestationObject: \(error.words.en)")
        }
        guard names.count == 3 else { throw WebAuthnError.malformed("attestationObject lacks a member") }
        return data
    }
}

extension CBORReader {
    fileprivate mutating func skipMap() throws(FormatError) {
        try readMap(inAnyOrder: true) { (_, reader) throws(FormatError) in try reader.skip() }
    }
}
