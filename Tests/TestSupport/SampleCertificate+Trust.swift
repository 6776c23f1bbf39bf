import Credential
import Seal
import Signing
import Trust

extension SampleCertificate {
    /// Its institution in a trust list, with what the certificate needs filed.
    package static func institution(
        keys: [TrustList.Key], names: [TrustList.Name] = [], filedFrom from: String = "2024-01-01", to: String? = nil
    ) -> TrustList.Institution {
        TrustList.Institution(
            id: typical.institution.text, names: names, keys: keys,
            filings: [
                TrustList.Filing(
                    occupation: typical.occupation.code, name: typical.occupation.name,
                    levels: [typical.level.rawValue], from: from, to: to)
            ])
    }

    package static func seal(_ claims: CertificateClaims = claims, by key: PrivateKey) throws -> [UInt8] {
        let prepared = try PreparedSeal(claims, key: key.publicKey)
        return try prepared.seal(signature: Signer(key).sign(prepared.bytesToSign))
    }

    package static func qrText(by key: PrivateKey, _ change: (inout CertificateClaims) -> Void = { _ in }) throws
        -> String
    {
        var claims = claims
        change(&claims)
        return QRText.text(host: "verify.example.org", seal: try seal(claims, by: key))
    }
}
