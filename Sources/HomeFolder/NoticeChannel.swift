import Errors
import Files

/// Where people are told that something waits for them: a mail server, or a webhook. Read from config.json.
package struct NoticeChannel: Codable, Hashable, Sendable {
    /// The shape in which a webhook takes a text.
    package enum Form: String, Codable, Sendable {
        /// `{"msgtype":"text","text":{"content":…}}`, as WeCom's and DingTalk's group robots take it.
        case wecom, dingtalk
        /// `{"text":…}`.
        case json
    }

    /// For the record of what was sent; each channel has its own.
    package var name: String
    /// `smtps://HOST`, or `smtp://HOST`, which goes on by STARTTLS but to this machine itself.
    package var smtp: String?
    package var from: String?
    package var to: [String]?
    package var user: String?
    /// A file with the mail server's password.
    package var passwordFile: String?
    /// `https://…`, or `http://` to this machine itself.
    package var webhook: String?
    package var form: Form?

    package init(
        name: String, smtp: String? = nil, from: String? = nil, to: [String]? = nil, user: String? = nil,
        passwordFile: String? = nil, webhook: String? = nil, form: Form? = nil
    ) {
        (self.name, self.smtp, self.from, self.to, self.user) = (name, smtp, from, to, user)
        (self.passwordFile, self.webhook, self.form) = (passwordFile, webhook, form)
    }

    /// Whether an address is of this machine itself, for which no TLS is asked.
    package static func isLoopback(_ address: String) -> Bool {
        address.wholeMatch(of: #/[a-z]+://(localhost|127\.0\.0\.1|\[::1\])(:[0-9]+)?(/[!-~]*)?/#) != nil
    }

    /// - Throws: ``Refusal`` naming what is wrong.
    func check() throws {
        let isMail = smtp?.wholeMatch(of: #/smtps?://[a-z0-9.:\[\]-]+/#) != nil && from != nil && to?.isEmpty == false
        let isHook =
            webhook?.wholeMatch(of: #/https://[!-~]+/#) != nil
            || webhook.map { $0.hasPrefix("http://") && Self.isLoopback($0) } == true
        let addresses = (from.map { [$0] } ?? []) + (to ?? [])
        let areAddresses = addresses.allSatisfy { $0.wholeMatch(of: #/[A-Za-z0-9._%+-]+@[A-Za-z0-9.-]+/#) != nil }
        guard !name.isEmpty, (smtp == nil) != (webhook == nil), smtp == nil ? isHook : isMail, areAddresses,
            form == nil || webhook != nil, (user == nil) == (passwordFile == nil)
        else {
            throw Refusal(
                .configuration,
                zh:
                    "notices：通道“\(name)”须有 smtp（smtps:// 地址）、from、to，或有 webhook（https:// 地址）和 form（wecom、dingtalk、json）之一",
                en:
                    "notices: the channel \"\(name)\" needs smtp (an smtps:// address), from and to, or webhook (an https:// address) and perhaps form (wecom, dingtalk, json)"
            )
        }
    }
}

extension NoticeChannel {
    /// Nil for a server that asks for none.
    package func login() throws -> (user: String, password: String)? {
        guard let user, let passwordFile else { return nil }
        let bytes = try SecretFile.read(passwordFile)
        return (user, String(decoding: bytes.prefix { $0 != 0x0A && $0 != 0x0D }, as: UTF8.self))
    }
}
