import Errors

/// Why an answer of an authenticator is refused. Equal by code; nothing of the answer is in the words.
package typealias WebAuthnError = CodedError<WebAuthnErrorCode>

package enum WebAuthnErrorCode: String, ErrorCode {
    case malformed, wrongType, wrongChallenge, wrongOrigin, wrongRelyingParty, userAbsent, userNotVerified
    case wrongBackupState, unsupportedKey, wrongAccount, wrongSignature
    /// The settings name no place where passkeys work.
    case unusableOrigin

    package var category: ErrorCategory {
        switch self {
        case .unusableOrigin: .configuration
        case .malformed, .unsupportedKey: .refused
        default: .denied
        }
    }
}

extension WebAuthnError {
    static func malformed(_ what: String) -> WebAuthnError {
        WebAuthnError(
            .malformed, zh: "浏览器送来的通行密钥数据不合规范，请重新登录一次",
            en: "the browser's passkey data is not as Web Authentication has it (\(what)); begin again")
    }
}
