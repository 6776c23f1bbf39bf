import AuditLog
import Credential
import Encodings
import Errors
import HomeFolder
import Keyring
import Signing
import Trust

/// A change of a key's time, which a trust list publishes.
package struct KeyChange: Sendable {
    let kind: AuditAct.Kind
    let kid: KeyID
    /// From which it holds, in seconds since 1970.
    package let moment: Int
    /// Whether that is when it is published, whenever somebody approves it.
    var isAtOnce = false
    /// A file that the list will name, durable before it.
    var recorded: RecordedSeals?
    let apply: @Sendable (inout TrustList.Key) -> Void

    package var proposal: Proposal {
        get throws {
            let parts = [
                "signet-key-1", kind.rawValue, "\(kid)", isAtOnce ? "at once" : "\(moment)",
                Hex.encode(try SHA256.digest(recorded?.bytes ?? [])),
            ]
            return Proposal(
                .key, digest: try SHA256.digest(Array(parts.joined(separator: "\n").utf8)), count: 1,
                summary: [
                    BilingualText(
                        zh: "密钥 \(kid)：\(chineseKind)，\(isAtOnce ? "立即生效" : "自 \(UTCTime.text(moment)) 起")",
                        en: "key \(kid): \(kind.rawValue), \(isAtOnce ? "at once" : "from \(UTCTime.text(moment))")")
                ])
        }
    }

    private var chineseKind: String {
        switch kind {
        case .keyScheduled: "启用"
        case .keyRetired: "停用"
        default: "已泄露"
        }
    }

    static func unknown(_ kid: KeyID) -> Refusal {
        Refusal(.missing, zh: "没有密钥 \(kid)", en: "there is no key \(kid)", remedy: .listKeys)
    }
}

extension Home {
    /// What is published of an institution's key; nil for one that is not published yet.
    func published(_ kid: KeyID) throws -> VerifiedTrustList.KeyRecord? {
        guard try keyring.entries().contains(where: { $0.publicKey.kid == kid }) else { throw KeyChange.unknown(kid) }
        return try trustList()?.key(kid)
    }
}
