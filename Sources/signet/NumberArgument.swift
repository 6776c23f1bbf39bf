import Credential

extension CertificateNumber {
    /// A number that somebody typed or listed; what is refused is shown, as it may be one of many.
    init(argument text: String) throws(CommandFailure) {
        do {
            try self.init(written: text)
        } catch {
            throw CommandFailure(.inputRefused, "\(String(reflecting: String(text.prefix(40)))): \(error)")
        }
    }
}
