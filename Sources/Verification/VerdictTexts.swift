import Credential
import Errors

extension Outcome {
    package var text: BilingualText {
        switch self {
        case .valid: BilingualText(zh: "有效", en: "VALID")
        case .notValid: BilingualText(zh: "无效", en: "NOT VALID")
        case .couldNotCheck: BilingualText(zh: "无法核验", en: "COULD NOT CHECK")
        }
    }
}

extension Verdict {
    /// The words of its reason, with the day on which a genuine certificate becomes valid.
    package var reasonText: BilingualText? {
        guard let validFrom else { return reason?.text }
        return BilingualText(zh: "证书属实，自 \(validFrom) 起生效。", en: "Genuine, valid from \(validFrom).")
    }
}

extension Check.Name {
    package var text: BilingualText {
        switch self {
        case .document: BilingualText(zh: "文件", en: "document")
        case .signature: BilingualText(zh: "签名", en: "signature")
        case .issuer: BilingualText(zh: "发证机构", en: "issuer")
        case .scope: BilingualText(zh: "备案范围", en: "scope")
        case .status: BilingualText(zh: "状态", en: "status")
        case .dates: BilingualText(zh: "日期", en: "dates")
        }
    }
}

extension Reason {
    package var text: BilingualText {
        switch self {
        case .malformedSeal:
            BilingualText(
                zh: "二维码的内容不符合证书格式，不可信，请向发证机构核实。",
                en: "The code's content is not formed as a certificate's. Do not rely on it; ask the institution.")
        case .unknownKey:
            BilingualText(
                zh: "签名密钥不在主管机构的信任列表中，请向发证机构核实。",
                en: "The signing key is not on the authority's trust list. Ask the issuing institution.")
        case .algorithmMismatch:
            BilingualText(
                zh: "签名算法与密钥登记不符，证书不可信。",
                en: "The algorithm is not the one registered for the key. Do not rely on this certificate.")
        case .badSignature:
            BilingualText(
                zh: "签名不正确：内容被改动或系伪造。",
                en: "The signature is wrong: the content was changed, or it is a forgery.")
        case .issuerMismatch:
            BilingualText(
                zh: "所称机构不是签名密钥的所有者。",
                en: "The institution it names does not own the signing key.")
        case .keyNotInForce:
            BilingualText(
                zh: "签发时该密钥不在有效期内，请向发证机构核实。",
                en: "The key was not in force when this was issued. Ask the issuing institution.")
        case .keyCompromised:
            BilingualText(
                zh: "签名密钥已泄露，此后签发的证书无效，请向发证机构申请换发。",
                en: "The key had been compromised when this was issued. Ask the institution for a reissue.")
        case .notRecorded:
            BilingualText(
                zh: "签名密钥已泄露，且此证书不在泄露前的签发记录中，不可采信。",
                en: "The key was stolen, and this is not among what was recorded before. Do not rely on it.")
        case .recordedSealsUnavailable:
            BilingualText(
                zh: "签名密钥已泄露；需要泄露前的签发记录文件才能核验，请联网或索取该文件后重试。",
                en: "The key was stolen later; the file of what it had signed before is needed. Get it and try again.")
        case .notFiled:
            BilingualText(
                zh: "发证之日该机构未备案此职业或等级。",
                en: "The institution had no filing for this occupation and level on the award date.")
        case .notYetValid:
            BilingualText(zh: "证书属实，但尚未生效。", en: "The certificate is genuine, but not valid yet.")
        case .expired: BilingualText(zh: "证书已过有效期。", en: "The certificate has expired.")
        case .datesContradict:
            BilingualText(
                zh: "日期互相矛盾或在将来；请先检查本机时钟。",
                en: "The dates contradict each other or lie in the future. Check this computer's clock first.")
        case .trustListUnavailable:
            BilingualText(
                zh: "没有可用的信任列表，请联网后重试或用 --trust 指定。",
                en: "No trust list is at hand. Try again online, or name one with --trust.")
        case .trustListInvalid:
            BilingualText(
                zh: "信任列表的签名与固定的根密钥不符，请重新获取。",
                en: "The trust list is not signed by the pinned root key. Get it again.")
        case .trustListStale:
            BilingualText(
                zh: "信任列表已过更新期限，请获取新列表后重试。",
                en: "The trust list is past its next update. Get a new one and try again.")
        case .trustListRolledBack:
            BilingualText(
                zh: "信任列表比之前见过的或状态列表所对应的更旧，可能被人换回旧版，请获取新列表后重试。",
                en:
                    "The trust list is older than one seen before, or than the status list goes with: an old copy was put "
                    + "back. Get the newest one.")
        case .trustListOlderThanSeal:
            BilingualText(
                zh: "证书晚于信任列表且密钥未知，请获取新列表后重试。",
                en: "The certificate is newer than the trust list, and its key is unknown. Get a newer list.")
        case .algorithmUnsupported:
            BilingualText(
                zh: "此处不支持该签名算法，请用其他方式核验。",
                en: "This signature algorithm is not supported here. Check in another way.")
        case .revoked, .suspended, .superseded, .statusUnavailable, .statusListInvalid, .statusSignatureInvalid,
            .statusAddressMismatch, .statusListStale, .statusListRolledBack,
            .statusIndexOutOfRange, .statusValueUnknown, .statusUnsupported:
            statusText
        case .documentUnreadable:
            BilingualText(
                zh: "文件无法读完，因此没有核验。请重新获取原件，或扫描二维码。",
                en:
                    "The file could not be read to its end and was not checked. Get the original again, or scan the QR code."
            )
        case .notASeal, .sealDamaged, .severalSeals, .clockBehind, .documentNotOriginal, .documentCopy,
            .documentSeveralCodes,
            .documentEmpty,
            .documentDamaged, .documentEncrypted, .documentMerged, .documentSpaceBehind:
            unreadableText
        case .documentChanged:
            BilingualText(
                zh: "PDF 在签名后被改动，不可信。",
                en: "The PDF was changed after it was signed. Do not rely on it.")
        case .documentAppended:
            BilingualText(
                zh: "PDF 在签名后被追加了内容，不可信，请索取原件。",
                en: "Something was added to the PDF after it was signed. Ask for the original.")
        case .documentAnnotated:
            BilingualText(
                zh: "PDF 在签名后被添加了批注，不可信，请索取原件。",
                en: "Annotations were added to the PDF after it was signed. Ask for the original.")
        case .documentOverlaid:
            BilingualText(
                zh: "PDF 的页面在签名后被覆盖或替换，不可信。",
                en: "The PDF's page was covered or replaced after it was signed. Do not rely on it.")
        case .attachmentReplaced:
            BilingualText(
                zh: "PDF 的附件在签名后被添加或替换，不可信。",
                en: "An attachment of the PDF was added or replaced after it was signed. Do not rely on it.")
        case .documentSignerUnknown:
            BilingualText(
                zh: "签署 PDF 的密钥不在主管机构的信任列表中；证书上的名称不足为凭。",
                en: "The key that signed the PDF is not on the authority's trust list, whatever name it bears.")
        case .documentSignerMismatch:
            BilingualText(
                zh: "签署 PDF 的机构不是证书的发证机构。",
                en: "The PDF is signed by another institution than the one that issued the certificate.")
        case .documentKeyCompromised:
            BilingualText(
                zh: "签署 PDF 的密钥后来泄露，无法辨别此 PDF 的真伪；请扫描二维码核验证书本身。",
                en: "The key that signed the PDF was stolen later, so the PDF proves nothing. Scan the QR code instead."
            )
        case .sealMissing:
            BilingualText(
                zh: "PDF 中没有证书的印签附件，请扫描二维码核验。",
                en: "The PDF does not carry the certificate's seal. Scan the QR code instead.")
        case .documentContradictsSeal:
            BilingualText(
                zh: "页面文字与所签发的证书内容不一致，请向发证机构核实。",
                en: "The page does not show what was certified. Ask the issuing institution.")
        }
    }
}
