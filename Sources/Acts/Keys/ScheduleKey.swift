import AuditLog
import Errors
import Signing
import Trust

extension KeyChange {
    /// Lets a new key come into force.
    ///
    /// - Parameter start: its first instant; nil for now.
    package static func schedule(_ kid: KeyID, from start: Int?, in office: Office, at now: Int) throws -> KeyChange {
        if let record = try office.home.published(kid), record.from <= now || record.state != .active {
            throw Refusal(
                .refused, zh: "密钥 \(kid) 已经启用或曾经启用；已经开始的时间不能更改",
                en: "key \(kid) is in force already, or was; a time that has begun is not changed")
        }
        let isAtOnce = start == nil
        let start = start ?? now
        guard start >= now else {
            throw Refusal(
                .usage, zh: "--from 早于现在；密钥不能从过去开始启用",
                en: "--from lies in the past; a key cannot begin before now")
        }
        return KeyChange(kind: .keyScheduled, kid: kid, moment: start, isAtOnce: isAtOnce) { $0.from = start }
    }
}
