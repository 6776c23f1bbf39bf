import Errors

/// In which language somebody reads.
package enum Language: String, Sendable, CaseIterable {
    case zh = "zh-CN"
    case en

    func of(_ words: BilingualText) -> String { self == .zh ? words.zh : words.en }

    var other: Language { self == .zh ? .en : .zh }
}

/// The words of a page by the names that its template has for them.
struct Catalogue: Sendable {
    let entries: [String: BilingualText]

    init(_ entries: KeyValuePairs<String, (zh: String, en: String)>) {
        self.entries = Dictionary(
            uniqueKeysWithValues: entries.map { ($0.key, BilingualText(zh: $0.value.zh, en: $0.value.en)) })
    }

    func values(_ language: Language) -> [String: Any] { entries.mapValues { language.of($0) } }

    /// A name that is not there is a defect, which the test of the catalogues finds.
    func text(_ name: String, _ language: Language) -> String { entries[name].map(language.of) ?? "" }

    static let layout = Catalogue([
        "skip": ("跳到正文", "Skip to content"), "portal": ("工作门户", "Staff portal"),
        "signOut": ("退出", "Sign out"), "navigation": ("页面", "Pages"), "as": ("登录人", "Signed in:"),
        "otherLanguage": ("English", "中文"), "home": ("待办", "To do"), "account": ("我的通行密钥", "My passkeys"),
        "idle": (
            "您很久没有操作，两分钟后会退出登录。已保存的都在；没有保存的请先保存。",
            "You have not done anything for a while and will be signed out in two minutes. What is saved stays; save the rest first."
        ), "stay": ("继续工作", "Go on working"),
        "idled": (
            "登录已结束。已保存的都在；本页没有保存的内容，请先抄下再登录。",
            "You are signed out. What was saved is there; copy what is not saved on this page, then sign in."
        ),
        "accounts": ("账号", "Accounts"), "batches": ("批次", "Batches"), "jobs": ("任务", "Jobs"),
        "sheets": ("成绩表", "Sheets"), "reviews": ("审批", "Approvals"),
    ])

    static let signIn = Catalogue([
        "title": ("登录", "Sign in"), "heading": ("登录", "Sign in"),
        "lead": (
            "用手机、电脑或安全密钥里的通行密钥登录，不用输入姓名和密码。",
            "Sign in with the passkey on your phone, computer or security key. No name and no password is typed."
        ),
        "button": ("用通行密钥登录", "Sign in with a passkey"),
        "failed": (
            "没有登录：操作被取消，或这里没有您的通行密钥。请再按一次按钮。",
            "Not signed in: it was cancelled, or your passkey is not here. Press the button again."
        ),
        "noScript": ("通行密钥需要浏览器脚本；请打开脚本后重新载入本页。", "Passkeys need scripts; turn them on and load this page again."),
        "lost": ("通行密钥都丢了？用恢复码", "Lost all your passkeys? Use a recovery code"),
        "problem": ("没有登录", "Not signed in"), "errorPrefix": ("错误：", "Error: "),
        "byPassword": ("用密码和动态码登录", "Sign in by password and code"),
        "byPasswordHint": (
            "只有管理员允许的账号可以。批准和签名仍须通行密钥。",
            "Only for accounts that an administrator allows. To approve or sign takes a passkey all the same."
        ), "signInName": ("登录名", "Sign-in name"), "password": ("密码", "Password"),
        "code": ("动态码（6 位数字）", "Code (6 digits)"), "signIn": ("登录", "Sign in"),
    ])

    static let enrol = Catalogue([
        "title": ("登记通行密钥", "Make a passkey"), "heading": ("登记通行密钥", "Make a passkey"),
        "lead": (
            "通行密钥代替密码：存在您的设备里，用指纹、人脸或 PIN 打开，别人骗不走。",
            "A passkey replaces a password: it stays in your device, opens by fingerprint, face or PIN, and cannot be phished."
        ),
        "code": ("恢复码", "Recovery code"),
        "codeHint": (
            "如 ABCD-1234-ABCD-1234。管理员也可以另发链接。",
            "Such as ABCD-1234-ABCD-1234. An administrator can also send you a link."
        ),
        "name": ("姓名", "Name"), "roles": ("角色", "Roles"), "label": ("给这把通行密钥起个名", "Name of this passkey"),
        "labelHint": ("如“办公室电脑”，以后好认。", "Such as \"office computer\", to know it again."),
        "button": ("登记通行密钥", "Make a passkey"),
        "failed": (
            "没有登记：操作被取消或设备不支持。请再按一次按钮。",
            "No passkey was made: it was cancelled, or the device has none. Press the button again."
        ),
        "exists": ("这台设备已有本账号的通行密钥。", "This device has a passkey of this account already."),
        "byPassword": ("没有能用通行密钥的设备", "No device for passkeys"),
        "byPasswordHint": (
            "管理员允许您用密码和手机动态码登录。通行密钥更安全，能用就用通行密钥。",
            "An administrator lets you sign in by password and a code on your phone. A passkey is safer: use one if you can."
        ), "setPassword": ("设置密码和动态码", "Set a password and code"),
        "noScript": ("通行密钥需要浏览器脚本；请打开脚本后重新打开链接。", "Passkeys need scripts; turn them on and open the link again."),
    ])

    static let codes = Catalogue([
        "title": ("恢复码", "Recovery codes"), "heading": ("记下恢复码", "Write down your recovery codes"),
        "lead": (
            "通行密钥都丢了时，每个恢复码可以登记一把新的，各用一次。",
            "If you lose all passkeys, each code lets you make a new one, once."
        ),
        "once": (
            "恢复码只在这里显示这一次。请打印或抄下，不要和设备放在一起。",
            "They are shown only now. Print or copy them, and keep them away from your device."
        ),
        "second": ("再登记一把通行密钥", "Add a second passkey"), "go": ("开始工作", "Go on"),
        "signIn": ("用新的通行密钥登录", "Sign in with the new passkey"),
    ])

    static let home = Catalogue([
        "title": ("待办", "To do"), "heading": ("等您办理的事", "What waits for you"),
        "news": ("账号有变动", "What changed with accounts"), "by": ("办理人", "by"),
        "newsHint": (
            "最近 14 天。有您不知道的，请马上告诉系统管理员。",
            "Of the last 14 days. Tell an administrator at once of anything you do not know."
        ),
        "proposal": ("账号更改等您确认", "A change of an account waits for a second administrator"),
        "proposalDetail": ("请核对后确认或退回：", "Compare it, then confirm or refuse: "),
        "nothing": ("现在没有等您办理的事。", "Nothing waits for you now."),
        "signsHere": (
            "本门户自己签发证书，只适合一所学校在自己的电脑上使用。",
            "This portal signs certificates itself, which is for one school's own machine alone."
        ),
        "signerLocked": (
            "签名已锁定，批准的成绩表会一直等待；请系统管理员在签发机上解锁。",
            "Signing is locked, and what is approved waits; an administrator unlocks it where certificates are signed."
        ),
        "signerAway": ("签名服务没有应答，批准的成绩表会一直等待。", "No signer answers, and what is approved waits."),
        "approvalsWait": ("正在等待的批准：", "Approvals that wait: "), "signerProblem": ("签名服务：", "The signer: "),
        "waiting": ("审批成绩表", "Approve sheets"), "waitingDetail": ("份等待审核", "wait for an officer"),
        "oldest": ("，最久的等了 ", "; the oldest for "), "days": (" 天", " days"),
        "claimed": ("继续审核", "Go on reviewing"), "claimedDetail": ("份由您审核", "under your review"),
        "returned": ("修改退回的成绩表", "Mend what was sent back"),
        "returnedDetail": ("份被退回，原因在成绩表页上", "sent back; the page of each says why"),
        "drafts": ("处理成绩表", "Go on with sheets"), "draftsDetail": ("份还没有提交", "not sent in yet"),
        "second": ("再登记一把通行密钥", "Add a second passkey"),
        "secondDetail": ("只有一把：设备丢了就要靠恢复码。", "You have one: should the device be lost, only recovery codes are left."),
        "codes": ("恢复码快用完了", "Few recovery codes are left"),
        "codesDetail": ("请管理员重发链接，会得到新的恢复码。", "Ask an administrator for a link; new codes come with it."),
        "administrator": ("再请一位系统管理员", "Invite a second administrator"),
        "administratorDetail": (
            "只有一位时，丢了通行密钥就没有人能再发链接。", "With one alone, nobody can send a link once that one's passkeys are lost."
        ),
        "invited": ("邀请还没有用", "An invitation is not taken up"),
        "invitedDetail": ("个账号还没有登记通行密钥。", "accounts have no passkey yet."),
    ])
}
