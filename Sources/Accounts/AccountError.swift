import Errors

/// Why an account is not changed, or somebody is not let in. Equal by code.
package typealias AccountError = CodedError<AccountErrorCode>

package enum AccountErrorCode: String, ErrorCode {
    case unknownRole, roleMissing, rolesExclude, institutionMissing, daysReversed, badName
    case unknownAccount, ended, ownRoles, lastAdministrator, lastPasskey
    case linkUsed, codeUnknown, ceremonyOver, passkeyUnknown, passkeyTaken, tooManyTries

    package var category: ErrorCategory {
        switch self {
        case .unknownAccount: .missing
        case .ownRoles, .linkUsed, .codeUnknown, .ceremonyOver, .passkeyUnknown: .denied
        case .lastAdministrator, .lastPasskey, .ended, .passkeyTaken: .conflict
        case .tooManyTries: .busy
        default: .refused
        }
    }
}

extension AccountError {
    package static let linkUsed = AccountError(
        .linkUsed, zh: "链接已用过或已过期；请管理员再发一个", en: "the link is used or expired; ask an administrator for another")
    package static let codeUnknown = AccountError(
        .codeUnknown, zh: "没有这个恢复码，或已用过；请核对，或请管理员发链接",
        en: "there is no such recovery code, or it is used; compare it, or ask an administrator for a link")
    package static let ceremonyOver = AccountError(
        .ceremonyOver, zh: "等候太久或已用过一次，请再点一次按钮", en: "this took too long or was done already; press the button again")
    package static let passkeyUnknown = AccountError(
        .passkeyUnknown, zh: "这把通行密钥在这里没有登记，或账号已停用；请换一把，或找管理员",
        en: "this passkey is not known here, or the account has ended; use another, or ask an administrator")
    package static let passkeyTaken = AccountError(
        .passkeyTaken, zh: "这把通行密钥已经登记过", en: "this passkey is registered already")
    package static let tooManyTries = AccountError(
        .tooManyTries, zh: "试得太多，请过一分钟再试", en: "too many tries; wait a minute")

    package static func unknown(_ account: String) -> AccountError {
        AccountError(
            .unknownAccount, zh: "没有账号 \(account)",
            en: "there is no account \(account)")
    }
}
