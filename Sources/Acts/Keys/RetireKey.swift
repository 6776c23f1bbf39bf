import AuditLog
import Errors
import Signing
import Trust

extension KeyChange {
    /// Ends a key's time; what it signed in it stays valid.
    ///
    /// - Parameter end: the first instant at which it no longer signs; nil for now.
    package static func retire(_ kid: KeyID, at end: Int?, in office: Office, at now: Int) throws -> KeyChange {
        guard let record = try office.home.published(kid), record.state == .active else {
            throw Refusal(
                .refused, zh: "密钥 \(kid) 没有作为有效密钥公布，无须停用",
                en: "key \(kid) is not published as active; nothing to retire")
        }
        // What was signed in this very second was signed in the key's time.
        let isAtOnce = end == nil
        let end = end ?? now + 1
        guard end > now, end > record.from else {
            throw Refusal(
                .usage, zh: "--at 早于现在：该密钥此后签发的证书将不再有效",
                en: "--at lies in the past: what the key signed since would no longer be valid")
        }
        return KeyChange(kind: .keyRetired, kid: kid, moment: end, isAtOnce: isAtOnce) {
            $0.to = end
            // Until then it goes on signing.
            $0.state = end > now + 1 ? .active : .retired
        }
    }
}
