import Credential
import Encodings
import PersonalData
import Seal
import Signing
import Store
import Synchronization
import Trust
import Verification

/// Looks certificates up in a store, with the same work for those that are not there.
package final class NumberLookup: CertificateLookup {
    package let store: any LookupStore
    private let protector: Mutex<IdentityProtector>
    private let decoy: StoredSeal
    private let keys: PublicKeys
    package let checked = CheckedSignatures()

    package init(_ store: any LookupStore, keys: PublicKeys, dataKeys: DataKeys) throws {
        (self.store, self.keys) = (store, keys)
        protector = Mutex(try IdentityProtector(dataKeys))
        decoy = try Self.decoy(dataKeys)
    }

    package nonisolated(nonsending) func certificate(
        numbered number: CertificateNumber, isOf holder: LookupHolder
    ) async throws -> LookupMatch? {
        let entry = try await store.newestSeal(
            number: number, withPrivateBox: holder.isKnownByDocument)
        let claims = try CertificateClaims(decoding: (entry ?? decoy).payload[...])
        let fits = try isHeld(entry ?? decoy, claims.certificate, by: holder)
        guard let entry, fits else { return nil }
        let key = try keys.key(entry.keyID)
        return LookupMatch(seal: Self.seal(entry.payload, claims, key, entry.signature))
    }

    /// Remembers those whose signatures are right; what is wrong with others is told to whoever asks about them.
    package func checkAhead(_ versions: [SealedVersion]) throws {
        for (id, versions) in Dictionary(grouping: versions, by: \.keyID) {
            guard let key = try keys.known(id) else { continue }
            let verifier = try Verifier(key)
            for version in versions {
                guard let claims = try? CertificateClaims(decoding: version.payload[...]) else { continue }
                let seal = Self.seal(version.payload, claims, key, version.signature)
                _ = try checked.isValid(seal) { () throws(SigningError) in
                    try verifier.isValid(seal.signature, for: seal.signedBytes)
                }
            }
        }
    }

    private static func seal(
        _ payload: [UInt8], _ claims: CertificateClaims, _ key: PublicKey, _ signature: [UInt8]
    ) -> UnverifiedSeal {
        UnverifiedSeal(
            PreparedSeal(storedPayload: payload, key: key), claims: claims, key: key, signature: signature)
    }

    private func isHeld(_ entry: StoredSeal, _ certificate: Certificate, by holder: LookupHolder) throws -> Bool {
        switch holder {
        case .name(let name):
            // As it is printed, the quick way: whoever has the name is told so anyway.
            return try name == certificate.holderName
                || Self.isSame(ComparableName(name).text, ComparableName(certificate.holderName).text)
        case .idLastSix(let given):
            guard let box = entry.privateBox else { return false }
            let record = try protector.withLock { try $0.open(box, for: certificate.id) }
            return try Self.isSame(given, String(record.document.number.suffix(6)))
        }
    }

    /// Looks at all bytes of both, so that nothing of an answer comes sooner.
    private static func isSame(_ given: String, _ kept: String) throws -> Bool {
        try ConstantTime.areEqual(SHA256.digest(given.utf8), SHA256.digest(kept.utf8))
    }

    /// A certificate that no name or number fits, to work on when there is none.
    private static func decoy(_ dataKeys: DataKeys) throws -> StoredSeal {
        let protector = try IdentityProtector(dataKeys)
        let id = try protector.newCertificateID()
        let nobody = Hex.encode(try SecureRandom.bytes(8))
        let today = Clock.today()
        let claims = CertificateClaims(
            certificate: Certificate(
                id: id, number: CertificateNumber(nobody), version: 1, institution: InstitutionID("0000000000"),
                institutionName: "潍坊职业学院", holderName: nobody,
                occupation: Occupation(code: "4-02-06-03", name: "物流服务师"), specialisation: "冷链物流员",
                level: .seniorWorker, awardDate: today), issuedAt: Clock.now())
        let record = PrivateRecord(
            document: IdentityDocument(kind: .residentIDCard, number: nobody + "//"), examDate: today,
            theory: Score(hundredths: 6000), skill: Score(hundredths: 6000), review: nil, studentNumber: nobody,
            major: "物流管理")
        return StoredSeal(
            payload: try claims.encoded(), keyID: [], signature: [], privateBox: try protector.seal(record, for: id))
    }
}
