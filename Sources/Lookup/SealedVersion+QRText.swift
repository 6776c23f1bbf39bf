import Seal
import Signing
import Store

extension SealedVersion {
    /// What is in the code on its document.
    ///
    /// - Parameter key: that signed it.
    package func qrText(host: String, key: PublicKey) throws -> String {
        QRText.text(
            host: host, seal: PreparedSeal(storedPayload: payload, key: key).seal(signature: signature))
    }
}
