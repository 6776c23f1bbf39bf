import Credential

/// What "already holds it" means: the person's keyed pseudonym, occupation and level.
package struct Holding: Hashable, Sendable {
    /// The first 16 bytes of HMAC-SHA-256 over the identity document.
    package let person: [UInt8]
    package let occupationCode: String
    package let level: SkillLevel

    package init(person: [UInt8], occupationCode: String, level: SkillLevel) {
        self.person = person
        self.occupationCode = occupationCode
        self.level = level
    }
}

/// The key of one version of one certificate inside a store.
package struct VersionKey: Hashable, Sendable {
    package let certificate: CertificateKey
    package let version: Int

    package init(certificate: CertificateKey, version: Int) {
        self.certificate = certificate
        self.version = version
    }
}

/// A certificate whose number, identity and exact bytes are decided but not yet durable.
package struct NewCertificate: Hashable, Sendable {
    package let sheetRow: Int
    package let number: CertificateNumber
    package let holding: Holding
    /// AES-256-GCM over the private record.
    package let privateBox: [UInt8]
    package let payload: [UInt8]
    /// The signing key's id.
    package let keyID: [UInt8]

    package init(
        sheetRow: Int, number: CertificateNumber, holding: Holding, privateBox: [UInt8], payload: [UInt8],
        keyID: [UInt8]
    ) {
        self.sheetRow = sheetRow
        self.number = number
        self.holding = holding
        self.privateBox = privateBox
        self.payload = payload
        self.keyID = keyID
    }
}

/// A version that is durable and waits for its signature.
package struct UnsignedVersion: Hashable, Sendable {
    package let key: VersionKey
    package let payload: [UInt8]
    package let keyID: [UInt8]

    package init(key: VersionKey, payload: [UInt8], keyID: [UInt8]) {
        self.key = key
        self.payload = payload
        self.keyID = keyID
    }
}

package struct VersionSignature: Hashable, Sendable {
    package let key: VersionKey
    package let signature: [UInt8]

    package init(key: VersionKey, signature: [UInt8]) {
        self.key = key
        self.signature = signature
    }
}

/// A version that is signed and durable: the only kind that is ever shown.
package struct SealedVersion: Hashable, Sendable {
    package let key: VersionKey
    package let number: CertificateNumber
    package let payload: [UInt8]
    package let keyID: [UInt8]
    package let signature: [UInt8]
    package let privateBox: [UInt8]

    package var batch: BatchID { key.certificate.batch }
    package var sheetRow: Int { key.certificate.row }

    package init(
        key: VersionKey, number: CertificateNumber, payload: [UInt8], keyID: [UInt8], signature: [UInt8],
        privateBox: [UInt8]
    ) {
        self.key = key
        self.number = number
        self.payload = payload
        self.keyID = keyID
        self.signature = signature
        self.privateBox = privateBox
    }
}

/// What makes a seal, and the holder's encrypted record if that was asked for.
package struct StoredSeal: Hashable, Sendable {
    package let payload: [UInt8]
    package let keyID: [UInt8]
    package let signature: [UInt8]
    package let privateBox: [UInt8]?

    package init(payload: [UInt8], keyID: [UInt8], signature: [UInt8], privateBox: [UInt8]?) {
        self.payload = payload
        self.keyID = keyID
        self.signature = signature
        self.privateBox = privateBox
    }
}

/// What a version says, and nothing that is kept beside it.
package struct VersionPayload: Hashable, Sendable {
    package let key: VersionKey
    package let payload: [UInt8]

    package init(key: VersionKey, payload: [UInt8]) {
        self.key = key
        self.payload = payload
    }
}
