import Errors
import HTTPSupport
import HTTPTypes
import Lookup

/// Problems of holders and of those to whom they gave a share code.
extension ServerBusy: ProblemConvertible {
    package var problem: Problem { Problem(self) }
}

extension DocumentsNotApproved: ProblemConvertible {
    package var problem: Problem { .documentsNotApproved }
}

extension Problem {
    static let documentsNotApproved = Problem(
        status: .serviceUnavailable, type: "documents-not-approved",
        zh: "文件的样式与批准时不同，须由经办机构先批准现在的样式。",
        en: "Documents would not look as they were approved; the office must approve how they look now.")

    static let noInvitation = Problem(
        status: .notFound, type: "no-invitation",
        zh: "这个链接已使用、已被取代或已过期。请学校再发一个。", en: "This link is used, replaced or expired; ask the school for a new one.")

    /// One answer for a number that nobody has and for a wrong passphrase.
    static let wrongPassphrase = Problem(
        status: .unauthorized, type: "wrong-passphrase",
        zh: "编号或口令不正确。忘记口令的，请学校再发一个链接。",
        en: "The number or the passphrase is wrong; a new link of the school replaces a lost passphrase.")

    static let noSession = Problem(
        status: .unauthorized, type: "no-session",
        zh: "请用编号和口令登录；登录 15 分钟内有效。", en: "Sign in with the number and passphrase; this lasts 15 minutes.",
        headers: [.wwwAuthenticate: "Bearer"])

    /// One answer for a code that is wrong, expired or cancelled.
    static let noShare = Problem(
        status: .notFound, type: "no-share",
        zh: "分享码不正确、已过期或已取消。请持证人再给一个。",
        en: "This share code is wrong, expired or cancelled; ask the holder for a new one.")

    static let tooManyShares = Problem(
        status: .conflict, type: "too-many-shares", zh: "有效的分享码已有 50 个，请先取消一个。",
        en: "There are 50 share codes that are good; cancel one first.")

    init(_ busy: ServerBusy) {
        let detail =
            switch busy.work {
            case .passphrases: BilingualText(zh: "登录的人很多，请稍后再试。", en: "Many are signing in; try again in a moment.")
            case .documents:
                BilingualText(zh: "正在制作的证书很多，请稍后再试。", en: "Many documents are being made; try again in a moment.")
            }
        self.init(status: .serviceUnavailable, type: "busy", detail, retryAfter: busy.seconds)
    }

    static let noDocuments = Problem(
        status: .notFound, type: "no-documents", zh: "这个服务器不制作 PDF，请向学校索取。",
        en: "This server makes no PDFs; ask the school for it.")
}
