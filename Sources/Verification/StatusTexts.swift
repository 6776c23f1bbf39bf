import Credential
import Errors

extension Reason {
    /// The words for what a status list says, and for why it could not be asked.
    var statusText: BilingualText {
        switch self {
        case .revoked:
            BilingualText(
                zh: "证书已被撤销，不再有效，请勿采信。",
                en: "The certificate has been revoked and is no longer valid. Do not rely on it.")
        case .suspended:
            BilingualText(
                zh: "证书已被暂停，目前无效，可能恢复；请向发证机构核实。",
                en: "The certificate is suspended: not valid at present, but it may be again. Ask the institution.")
        case .superseded:
            BilingualText(
                zh: "证书已被新版本取代，请持证人出示新证书。",
                en: "The certificate has been superseded by a newer version. Ask the holder for that one.")
        case .statusUnavailable:
            BilingualText(
                zh: "没有可用的状态列表，无法得知证书是否仍然有效，请联网后重试或用 --status 指定。",
                en: "No status list is at hand, so it is not known whether the certificate still stands. "
                    + "Try again online, or name one with --status.")
        case .statusListInvalid:
            BilingualText(
                zh: "状态列表内容损坏，无法读取，请重新获取。", en: "The status list is damaged and cannot be read. Get it again.")
        case .statusSignatureInvalid:
            BilingualText(
                zh: "状态列表的签名不正确，或其密钥不在信任列表中，请重新获取两个列表。",
                en: "The status list's signature is wrong, or its key is not on the trust list. Get both again.")
        case .statusAddressMismatch:
            BilingualText(
                zh: "所得状态列表不是证书所指的列表，请重新获取。",
                en: "The status list is another one than the certificate refers to. Get it again.")
        case .statusListStale:
            BilingualText(
                zh: "状态列表已过期，请获取新列表后重试。", en: "The status list is too old. Get a new one and try again.")
        case .statusListRolledBack:
            BilingualText(
                zh: "状态列表比之前见过的更旧，可能被人换回旧版，请获取新列表后重试。",
                en: "The status list is older than one seen before: an old copy was put back. Get the newest one.")
        case .statusIndexOutOfRange:
            BilingualText(
                zh: "证书在状态列表中没有位置，列表可能不完整，请重新获取。",
                en: "The certificate has no place in the status list, which may be cut short. Get it again.")
        case .statusValueUnknown:
            BilingualText(
                zh: "状态列表给出了此版本不认识的状态，请用新版本核验。",
                en: "The status list gives a status that this version does not know. Check with a newer one.")
        default:
            BilingualText(
                zh: "此处无法读取证书所引用的状态列表，请用其他方式核验。",
                en: "The status list that the certificate refers to cannot be read here. Check in another way.")
        }
    }
}
