import Errors
import Signing

/// What a browser sends of a passkey that was used (`AuthenticatorAssertionResponse`).
package struct AssertionResponse: Sendable {
    package let credentialID: [UInt8]
    package let userHandle: [UInt8]
    package let clientDataJSON, authenticatorData, signature: [UInt8]

    package init(
        credentialID: [UInt8], userHandle: [UInt8], clientDataJSON: [UInt8], authenticatorData: [UInt8],
        signature: [UInt8]
    ) {
        (self.credentialID, self.userHandle) = (credentialID, userHandle)
        (self.clientDataJSON, self.authenticatorData, self.signature) = (clientDataJSON, authenticatorData, signature)
    }
}

/// What is kept of a passkey, as far as checks need it (the specification's credential record, §4).
package struct CredentialRecord: Sendable {
    package let id: [UInt8]
    package let userHandle: [UInt8]
    package let cose: [UInt8]
    package let counter: UInt32
    package let isBackupEligible: Bool

    package init(id: [UInt8], userHandle: [UInt8], cose: [UInt8], counter: UInt32, isBackupEligible: Bool) {
        (self.id, self.userHandle, self.cose) = (id, userHandle, cose)
        (self.counter, self.isBackupEligible) = (counter, isBackupEligible)
    }
}

/// A sign-in that passed the checks.
package struct VerifiedAssertion: Hashable, Sendable {
    package let counter: UInt32
    package let isBackedUp: Bool
    /// False when the counter did not rise, so that two may have the key (§7.2, the step on `signCount`): told to
    /// administrators, and no reason to refuse a sign-in.
    package let hasCounterRisen: Bool
}

extension RelyingParty {
    /// Verifying an assertion (Web Authentication Level 3 §7.2), with user verification required, for passkeys that name
    /// their account.
    ///
    /// - Parameter challenge: one that we gave for this, spent before.
    package func verify(
        _ response: AssertionResponse, challenge: [UInt8], credential: CredentialRecord
    ) throws -> VerifiedAssertion {
        guard response.credentialID == credential.id, response.userHandle == credential.userHandle else {
            throw WebAuthnError(
                .wrongAccount, zh: "通行密钥属于另一个账号", en: "the passkey belongs to another account")
        }
        try CollectedClientData(response.clientDataJSON).check(.get, challenge: challenge, origin: origin)
        let data = try AuthenticatorData(response.authenticatorData)
        try data.check(self)
        guard data.credential == nil else { throw WebAuthnError.malformed("a credential stands in an assertion") }
        guard data.flags.contains(.backupEligible) == credential.isBackupEligible else {
            throw WebAuthnError(
                .wrongBackupState, zh: "通行密钥能否备份与登记时不同",
                en: "whether the passkey can be backed up differs from its registration")
        }
        let signed = response.authenticatorData + (try SHA256.digest(response.clientDataJSON))
        guard try CredentialKey(cose: credential.cose).isValid(response.signature, for: signed) else {
            throw WebAuthnError(.wrongSignature, zh: "通行密钥的签名不对", en: "the passkey's signature is wrong")
        }
        return VerifiedAssertion(
            counter: data.counter, isBackedUp: data.flags.contains(.backedUp),
            hasCounterRisen: data.counter > credential.counter || (data.counter == 0 && credential.counter == 0))
    }
}
