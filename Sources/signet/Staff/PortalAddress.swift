import Accounts
import Errors
import HomeFolder
import Store
import WebAuthn

extension AccountID {
    init(argument text: String) throws {
        guard let id = AccountID(hex: text) else {
            throw Refusal(
                .usage, zh: "\(text) 不是账号编号（32 位十六进制数字）",
                en: "\(text) is no account's id (32 hexadecimal digits); see: signet accounts list")
        }
        self = id
    }
}

/// Where the portal is, as people open it.
enum PortalAddress {
    static let port = 8081

    /// As config.json has it; without it the portal is for this machine alone.
    static func party(_ home: Home, port: Int = port) throws -> RelyingParty {
        try RelyingParty(origin: home.config.portal ?? "http://localhost:\(port)")
    }

    /// The token stands behind `#`: browsers keep that to themselves, so no log has it.
    static func enrolment(_ link: NewEnrolmentLink, home: Home) throws -> String {
        try party(home).origin + "/enrol#" + link.token
    }
}
