import Credential
import Errors

extension CertificateNumber {
    /// A number that somebody typed or listed; what is refused is shown, as it may be one of many.
    init(argument text: String) throws(Refusal) {
        do {
            try self.init(written: text)
        } catch {
            throw Refusal(.refused, error.words.prefixed(with: String(reflecting: String(text.prefix(40)))))
        }
    }
}
