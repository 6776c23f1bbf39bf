import Seal
import Signing
import Store

extension SealedVersion {
    /// - Parameter key: that signed it.
    package func seal(key: PublicKey) -> [UInt8] {
        PreparedSeal(storedPayload: payload, key: key).seal(signature: signature)
    }

    /// What is in the code on its document.
    package func qrText(host: String, key: PublicKey) -> String { QRText.text(host: host, seal: seal(key: key)) }
}
