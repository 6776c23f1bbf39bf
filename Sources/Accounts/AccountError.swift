import Errors

/// Why an account is not changed, or somebody is not let in. Equal by code.
package typealias AccountError = CodedError<AccountErrorCode>

package enum AccountErrorCode: String, ErrorCode {
    case unknownRole, roleMissing, rolesExclude, institutionMissing, daysReversed, badName
    case unknownAccount, ended, ownRoles, lastAdministrator, lastPasskey
    case needsSecond, ownProposal, proposalGone
    case badSignInName, signInNameTaken, weakPassword, wrongCode, wrongPassword, passwordNotAllowed
    case linkUsed, codeUnknown, ceremonyOver, passkeyUnknown, passkeyTaken, tooManyTries

    package var category: ErrorCategory {
        switch self {
        case .unknownAccount, .proposalGone: .missing
        case .ownRoles, .needsSecond, .ownProposal, .wrongPassword, .passwordNotAllowed, .linkUsed, .codeUnknown,
            .ceremonyOver, .passkeyUnknown:
            .denied
        case .signInNameTaken, .lastAdministrator, .lastPasskey, .ended, .passkeyTaken: .conflict
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

    package static let wrongPassword = AccountError(
        .wrongPassword, zh: "登录名、密码或动态码不对，或账号不能用密码登录；动态码每 30 秒一换，用过的不能再用",
        en:
            "the name, password or code is wrong, or the account may not use a password; a code changes every 30 seconds and is good once"
    )
    package static let wrongCode = AccountError(
        .wrongCode, zh: "动态码不对；请核对手机时间，等下一个码再试", en: "the code is wrong; check the phone's clock and try the next code")
    package static let passwordNotAllowed = AccountError(
        .passwordNotAllowed, zh: "此账号不能用密码登录；请用通行密钥，或找管理员",
        en: "a password is not allowed for this account; use a passkey, or ask an administrator")
    package static let ownRoles = AccountError(
        .ownRoles, zh: "自己的角色只能由别的管理员改", en: "nobody changes the own roles; ask another administrator")
    package static let needsSecond = AccountError(
        .needsSecond, zh: "这项更改要由另一位系统管理员确认；请先提出", en: "this needs a second administrator; propose it first")
    package static let ownProposal = AccountError(
        .ownProposal, zh: "提出人和被更改的人不能确认；请另一位系统管理员来办",
        en: "neither who proposed it nor whom it changes confirms it; ask another administrator")
    package static let proposalGone = AccountError(
        .proposalGone, zh: "这项更改已有决定、已撤回或已过七天；请刷新页面再看",
        en: "this change is decided, withdrawn or older than seven days; look at the page again")

    package static func unknown(_ account: String) -> AccountError {
        AccountError(
            .unknownAccount, zh: "没有账号 \(account)",
            en: "there is no account \(account)")
    }
}
